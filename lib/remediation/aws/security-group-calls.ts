import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  type IpPermission,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
} from "@aws-sdk/client-ec2";
import { z } from "zod";
import type { AwsAccess } from "#lib/clouds/access.ts";
import { type CallContext, type CloudCall, defineCall } from "../operation.ts";
import { awsCommand } from "./command.ts";
import { isNamed } from "./errors.ts";
import { type Direction, readGroup, splitByPresence } from "./security-group-rules.ts";

const Description = z.string().max(255).optional();
const Permission = z.strictObject({
  IpProtocol: z.string(),
  FromPort: z.number().int().optional(),
  ToPort: z.number().int().optional(),
  IpRanges: z.array(z.strictObject({ CidrIp: z.string(), Description })).optional(),
  Ipv6Ranges: z.array(z.strictObject({ CidrIpv6: z.string(), Description })).optional(),
  PrefixListIds: z.array(z.strictObject({ PrefixListId: z.string(), Description })).optional(),
  UserIdGroupPairs: z
    .array(z.strictObject({ GroupId: z.string(), UserId: z.string().optional(), Description }))
    .optional(),
});
const Revoke = z.strictObject({
  GroupId: z.string().regex(/^sg-[0-9a-z]+$/),
  IpPermissions: z.array(Permission).min(1),
});
const Authorize = Revoke.extend({
  TagSpecifications: z
    .array(
      z.strictObject({
        ResourceType: z.literal("security-group-rule"),
        Tags: z.array(z.strictObject({ Key: z.string(), Value: z.string() })),
      }),
    )
    .optional(),
});

/** EC2 refuses a request as a whole when one rule of it is there already, or gone already: then the others are asked for. */
async function insist(
  access: AwsAccess,
  context: CallContext,
  direction: Direction,
  wanted: readonly IpPermission[],
  { doneAs, send }: { doneAs: "present" | "absent"; send(left: IpPermission[]): Promise<unknown> },
): Promise<null> {
  try {
    await send([...wanted]);
  } catch (error) {
    if (!isNamed(error, "InvalidPermission.Duplicate", "InvalidPermission.NotFound")) throw error;
    const group = await readGroup(access, context);
    if (!group) throw error;
    const split = splitByPresence(wanted, group[direction]);
    const left = split[doneAs === "present" ? "absent" : "present"];
    if (left.length === wanted.length && split[doneAs].length === 0) throw error;
    if (left.length > 0) await send(left);
  }
  return null;
}

type Send<Input> = (
  access: AwsAccess,
  input: Input & { IpPermissions: IpPermission[] },
  context: CallContext,
) => Promise<unknown>;

const readsRules = ["ec2:DescribeSecurityGroupRules", "ec2:DescribeSecurityGroups"];

const authorize = (direction: Direction, verb: string, send: Send<z.output<typeof Authorize>>): CloudCall =>
  defineCall({
    api: `aws.ec2.${verb}`,
    cloud: "aws",
    input: Authorize,
    permissions: [`ec2:${verb}`, "ec2:CreateTags", ...readsRules],
    send: (access, input, context) =>
      insist(access, context, direction, input.IpPermissions, {
        doneAs: "present",
        send: (IpPermissions) => send(access, { ...input, IpPermissions } as typeof input, context),
      }),
    command: (input, where) => awsCommand(`ec2 authorize-security-group-${direction}`, input, where),
  });

const revoke = (direction: Direction, verb: string, send: Send<z.output<typeof Revoke>>): CloudCall =>
  defineCall({
    api: `aws.ec2.${verb}`,
    cloud: "aws",
    input: Revoke,
    permissions: [`ec2:${verb}`, ...readsRules],
    send: (access, input, context) =>
      insist(access, context, direction, input.IpPermissions, {
        doneAs: "absent",
        send: (IpPermissions) => send(access, { ...input, IpPermissions } as typeof input, context),
      }),
    command: (input, where) => awsCommand(`ec2 revoke-security-group-${direction}`, input, where),
  });

export const securityGroupCalls = [
  authorize("ingress", "AuthorizeSecurityGroupIngress", (access, input, { region, signal }) =>
    access.clients(region).ec2.send(new AuthorizeSecurityGroupIngressCommand(input), { abortSignal: signal }),
  ),
  authorize("egress", "AuthorizeSecurityGroupEgress", (access, input, { region, signal }) =>
    access.clients(region).ec2.send(new AuthorizeSecurityGroupEgressCommand(input), { abortSignal: signal }),
  ),
  revoke("ingress", "RevokeSecurityGroupIngress", (access, input, { region, signal }) =>
    access.clients(region).ec2.send(new RevokeSecurityGroupIngressCommand(input), { abortSignal: signal }),
  ),
  revoke("egress", "RevokeSecurityGroupEgress", (access, input, { region, signal }) =>
    access.clients(region).ec2.send(new RevokeSecurityGroupEgressCommand(input), { abortSignal: signal }),
  ),
];
