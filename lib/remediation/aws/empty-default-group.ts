import { DescribeNetworkInterfacesCommand } from "@aws-sdk/client-ec2";
import { z } from "zod";
import { defineOperation } from "../operation.ts";
import { callsBetween, idOf, type Rule, readGroup } from "./security-group-rules.ts";

/** `isUsed`: whether a network interface is in the group, which decides what taking its rules away does. */
type State = { isDefault: boolean; isUsed: boolean; ingress: Rule[]; egress: Rule[] };

const Parameters = z.object({
  /** Whether the rules go also where something is in the group. */
  evenIfUsed: z.boolean().default(false),
});

export const emptyDefaultGroup = defineOperation<"aws", State, z.output<typeof Parameters>>({
  id: "aws.ec2.empty-default-group",
  cloud: "aws",
  title: "Take every rule out of the default security group",
  kinds: ["aws.ec2.security-group"],
  parameters: Parameters,
  reads: ["ec2:DescribeNetworkInterfaces", "ec2:DescribeSecurityGroupRules", "ec2:DescribeSecurityGroups"],
  calls: [
    "aws.ec2.AuthorizeSecurityGroupEgress",
    "aws.ec2.AuthorizeSecurityGroupIngress",
    "aws.ec2.RevokeSecurityGroupEgress",
    "aws.ec2.RevokeSecurityGroupIngress",
  ],

  async read(access, context) {
    const { target, signal } = context;
    const group = await readGroup(access, context);
    if (!group) return null;
    const { NetworkInterfaces = [] } = await access.clients(target.region).ec2.send(
      new DescribeNetworkInterfacesCommand({
        Filters: [{ Name: "group-id", Values: [idOf(target.uid)] }],
        MaxResults: 5,
      }),
      { abortSignal: signal },
    );
    const { name, ingress, egress } = group;
    return { isDefault: name === "default", isUsed: NetworkInterfaces.length > 0, ingress, egress };
  },

  plan(state, { evenIfUsed }, target) {
    if (!state.isDefault) {
      return {
        outcome: "refused",
        reason: "It is no default security group, so its rules were made for it.",
      };
    }
    if (state.ingress.length + state.egress.length === 0) {
      return { outcome: "nothing", reason: "The group has no rules already." };
    }
    if (state.isUsed && !evenIfUsed) {
      return {
        outcome: "refused",
        reason:
          "Network interfaces are in this group and would lose their connections. Move them to a group of their own first, or ask for the rules to go all the same.",
      };
    }
    const after = { ...state, ingress: [], egress: [] };
    const notes = state.isUsed
      ? [
          "Network interfaces are in this group: they can neither be reached nor reach anything by it any more.",
        ]
      : ["No network interface is in this group, so nothing that runs is cut off."];
    return { outcome: "change", after, calls: callsTo(after, state, target.uid), notes };
  },

  wayBack: (before, present, target) => ({ calls: callsTo(before, present, target.uid) }),
});

function callsTo(wanted: State, present: State, uid: string) {
  const id = idOf(uid);
  return [
    ...callsBetween(id, "ingress", present.ingress, wanted.ingress),
    ...callsBetween(id, "egress", present.egress, wanted.egress),
  ];
}
