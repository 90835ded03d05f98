import { expect, it } from "vitest";
import { ec2State } from "#sandbox/aws/handlers/ec2/state.ts";
import { open, rehearse } from "../test-journal.ts";
import { startAcme } from "./test-acme.ts";

const acme = await startAcme();
const operation = "aws.ec2.empty-default-group";
const checks = ["aws.ec2.default-security-group"];
const account = acme.accountNamed("Acme Staging");
const region = "eu-west-1";

function defaultGroups() {
  const groups = [...ec2State(acme.estateOf("Acme Staging"), region).groups.values()];
  return groups.filter(({ group, rules }) => group.GroupName === "default" && rules.length > 0);
}
const targetOf = (id: string) =>
  acme.ec2Target("Acme Staging", "aws.ec2.security-group", region, `security-group/${id}`);

it("a default group loses all of its rules, and gets them back", { timeout: 120_000 }, async () => {
  const [found] = defaultGroups();
  const id = found?.group.GroupId ?? "";
  const { plan, after } = await rehearse({
    ...{ account, target: targetOf(id), operation, checks },
    with: { evenIfUsed: true },
  });
  expect(after).toMatchObject({ isDefault: true, ingress: [], egress: [] });
  expect(plan.before).toMatchObject({
    ingress: [{ protocol: "-1", peerType: "security-group", peer: id }],
    egress: [{ protocol: "-1", peer: "0.0.0.0/0" }],
  });
});

it("refuses one that something is in, and one that isn't a default group", async () => {
  const state = ec2State(acme.estateOf("Acme Staging"), region);
  const [found] = defaultGroups();
  const GroupId = found?.group.GroupId ?? "";
  const [instance] = state.instances.values();
  const [card] = instance?.instance.NetworkInterfaces ?? [];
  if (card) card.Groups = [...(card.Groups ?? []), { GroupId, GroupName: "default" }];
  for (const [target, reason] of [
    [targetOf(GroupId), /Network interfaces are in this group/],
    [acme.groupNamed("Acme Staging", region, "staging-web"), /no default security group/],
  ] as const) {
    const { handler, context, close } = open({ account, target });
    const planned = await handler.plan({ kind: "aws", operation, with: {} }, context());
    close();
    expect(planned).toEqual({ outcome: "refused", reason: expect.stringMatching(reason) });
  }
});
