import {
  DescribeSecurityGroupsCommand,
  type IpPermission,
  paginateDescribeSecurityGroupRules,
  type SecurityGroup,
  type SecurityGroupRule,
} from "@aws-sdk/client-ec2";
import { canonicalHash, canonicalJson } from "#lib/canonical-json.ts";
import type { AwsAccess } from "#lib/clouds/access.ts";
import type { SecurityGroupRule as InventoryRule } from "#lib/inventory/aws/ec2.kinds.ts";
import type { PlannedCall } from "../model.ts";
import type { OperationContext } from "../operation.ts";
import { isNamed } from "./errors.ts";

/** One rule with one peer, by what it says: its id changes when a rule is taken away and put back. */
export type Rule = {
  /** As EC2 says it: `tcp`, `udp`, `icmp`, `icmpv6`, `-1` for all, or an IANA number. */
  protocol: string;
  /** First and last port, or ICMP type and code, of which -1 is any; null for all protocols. */
  from: number | null;
  to: number | null;
  peerType: "ipv4" | "ipv6" | "prefix-list" | "security-group";
  /** A CIDR, `pl-…` or `sg-…`. */
  peer: string;
  /** Whose group it is, where the peer is one of another account; else null. */
  peerOwner: string | null;
  description: string | null;
  tags: { [key: string]: string };
};

export type Direction = "ingress" | "egress";
export type GroupRules = { name: string; ingress: Rule[]; egress: Rule[] };

/** Null when there is no such group. */
export async function readGroup(
  access: AwsAccess,
  { target, signal }: OperationContext,
): Promise<GroupRules | null> {
  const client = access.clients(target.region).ec2;
  const id = idOf(target.uid);
  const group = await readGroupItself(access, { target, signal });
  if (!group) return null;
  const rules: SecurityGroupRule[] = [];
  const pages = paginateDescribeSecurityGroupRules(
    { client, pageSize: 1000 },
    { Filters: [{ Name: "group-id", Values: [id] }] },
    { abortSignal: signal },
  );
  for await (const page of pages) rules.push(...(page.SecurityGroupRules ?? []));
  const inDirection = (isEgress: boolean) =>
    inOrder(rules.filter((rule) => Boolean(rule.IsEgress) === isEgress).map((rule) => ruleOf(rule, group)));
  return { name: group.GroupName ?? id, ingress: inDirection(false), egress: inDirection(true) };
}

async function readGroupItself(
  access: AwsAccess,
  { target, signal }: OperationContext,
): Promise<SecurityGroup | null> {
  try {
    const { SecurityGroups = [] } = await access
      .clients(target.region)
      .ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [idOf(target.uid)] }), {
        abortSignal: signal,
      });
    return SecurityGroups[0] ?? null;
  } catch (error) {
    if (isNamed(error, "InvalidGroup.NotFound", "InvalidGroupId.NotFound")) return null;
    throw error;
  }
}

/** The id that ends a resource's ARN, such as `sg-…` or `vol-…`. */
export const idOf = (uid: string): string => uid.slice(uid.lastIndexOf("/") + 1);

function ruleOf(rule: SecurityGroupRule, group: SecurityGroup): Rule {
  const { IpProtocol: protocol = "-1", FromPort = -1, ToPort = -1, Description, Tags = [] } = rule;
  const reference = rule.ReferencedGroupInfo;
  const [peerType, peer] = rule.CidrIpv4
    ? (["ipv4", rule.CidrIpv4] as const)
    : rule.CidrIpv6
      ? (["ipv6", rule.CidrIpv6] as const)
      : rule.PrefixListId
        ? (["prefix-list", rule.PrefixListId] as const)
        : (["security-group", reference?.GroupId ?? ""] as const);
  const owner = reference?.UserId;
  return {
    protocol,
    from: protocol === "-1" ? null : FromPort,
    to: protocol === "-1" ? null : ToPort,
    peerType,
    peer,
    peerOwner: owner && owner !== group.OwnerId ? owner : null,
    description: Description || null,
    // What AWS tags by itself can't be put back, and comes back by itself.
    tags: Object.fromEntries(
      Tags.flatMap(({ Key = "", Value = "" }) => (Key.startsWith("aws:") ? [] : [[Key, Value]])),
    ),
  };
}

/** What makes a rule one of its own to EC2: there is never a second one alike. */
export const ruleKey = ({ protocol, from, to, peer }: Rule): string => [protocol, from, to, peer].join(" ");

export const inOrder = (rules: readonly Rule[]): Rule[] =>
  [...rules].sort((a, b) => (canonicalJson(a) < canonicalJson(b) ? -1 : 1));

/** Those of `rules` that `others` lacks, or has with other words. */
export function missingFrom(others: readonly Rule[], rules: readonly Rule[]): Rule[] {
  const known = new Set(others.map((rule) => canonicalJson(rule)));
  return rules.filter((rule) => !known.has(canonicalJson(rule)));
}

/** As the checks take them. */
export const asInventory = (rules: readonly Rule[]): InventoryRule[] =>
  rules.map(({ protocol, from, to, peerType, peer, description }) => ({
    ...{ protocol, fromPort: from, toPort: to, peerType, peer, description },
  }));

/**
 * The calls that lead from some rules to others. What is to be opened comes first, so that nobody who keeps access loses
 * it in between. A rule that only gets other words is the exception: EC2 has no two rules alike.
 */
export function callsBetween(
  groupId: string,
  direction: Direction,
  present: readonly Rule[],
  wanted: readonly Rule[],
): PlannedCall[] {
  const added = missingFrom(present, wanted);
  const removed = missingFrom(wanted, present);
  const reworded = new Set(added.map(ruleKey));
  const changing = removed.filter((rule) => reworded.has(ruleKey(rule)));
  const going = removed.filter((rule) => !reworded.has(ruleKey(rule)));
  const verb = direction === "ingress" ? "Ingress" : "Egress";
  const revoke = (id: string, rules: readonly Rule[]): PlannedCall[] =>
    rules.length === 0
      ? []
      : [
          {
            id,
            api: `aws.ec2.RevokeSecurityGroup${verb}`,
            input: { GroupId: groupId, IpPermissions: toPermissions(rules, { described: false }) },
          },
        ];
  const byTags = Map.groupBy(added, ({ tags }) => canonicalJson(tags));
  const authorize = [...byTags.values()].map((rules): PlannedCall => {
    const tags = Object.entries(rules[0]?.tags ?? {});
    // Named by what it adds and not by its place, since the calls left to be made are worked out anew after a crash.
    const id = tags.length === 0 ? "authorize" : `authorize-${canonicalHash(tags).slice(0, 8)}`;
    return {
      id: `${id}-${direction}`,
      api: `aws.ec2.AuthorizeSecurityGroup${verb}`,
      input: {
        GroupId: groupId,
        IpPermissions: toPermissions(rules, { described: true }),
        ...(tags.length === 0
          ? {}
          : {
              TagSpecifications: [
                {
                  ResourceType: "security-group-rule",
                  Tags: tags.map(([Key, Value]) => ({ Key, Value })),
                },
              ],
            }),
      },
    };
  });
  return [...revoke(`reword-${direction}`, changing), ...authorize, ...revoke(`revoke-${direction}`, going)];
}

type Permission = {
  IpProtocol: string;
  FromPort?: number;
  ToPort?: number;
  IpRanges?: { CidrIp: string; Description?: string }[];
  Ipv6Ranges?: { CidrIpv6: string; Description?: string }[];
  PrefixListIds?: { PrefixListId: string; Description?: string }[];
  UserIdGroupPairs?: { GroupId: string; UserId?: string; Description?: string }[];
};

/** Rules as EC2 takes them: those for the same protocol and ports together. */
function toPermissions(rules: readonly Rule[], { described }: { described: boolean }): Permission[] {
  const alike = Map.groupBy(rules, ({ protocol, from, to }) => [protocol, from, to].join(" "));
  return [...alike.values()].map((group): Permission => {
    const [{ protocol = "-1", from = null, to = null } = {}] = group;
    const of = (type: Rule["peerType"]) => group.filter(({ peerType }) => peerType === type);
    const words = ({ description }: Rule) =>
      described && description !== null ? { Description: description } : {};
    const peers = {
      IpRanges: of("ipv4").map((rule) => ({ CidrIp: rule.peer, ...words(rule) })),
      Ipv6Ranges: of("ipv6").map((rule) => ({ CidrIpv6: rule.peer, ...words(rule) })),
      PrefixListIds: of("prefix-list").map((rule) => ({ PrefixListId: rule.peer, ...words(rule) })),
      UserIdGroupPairs: of("security-group").map((rule) => ({
        GroupId: rule.peer,
        ...(rule.peerOwner === null ? {} : { UserId: rule.peerOwner }),
        ...words(rule),
      })),
    };
    return {
      IpProtocol: protocol,
      ...(from === null || to === null ? {} : { FromPort: from, ToPort: to }),
      ...Object.fromEntries(Object.entries(peers).filter(([, each]) => each.length > 0)),
    };
  });
}

/** Of permissions, each with one peer, those that a group has, or those that it lacks. */
export function splitByPresence(
  permissions: readonly IpPermission[],
  present: readonly Rule[],
): { present: IpPermission[]; absent: IpPermission[] } {
  const known = new Set(present.map(ruleKey));
  const split = { present: [] as IpPermission[], absent: [] as IpPermission[] };
  for (const permission of permissions.flatMap(singly)) {
    split[known.has(permissionKey(permission)) ? "present" : "absent"].push(permission);
  }
  return split;
}

function singly(permission: IpPermission): IpPermission[] {
  const { IpProtocol, FromPort, ToPort } = permission;
  const base = { IpProtocol, FromPort, ToPort };
  return [
    ...(permission.IpRanges ?? []).map((one) => ({ ...base, IpRanges: [one] })),
    ...(permission.Ipv6Ranges ?? []).map((one) => ({ ...base, Ipv6Ranges: [one] })),
    ...(permission.PrefixListIds ?? []).map((one) => ({ ...base, PrefixListIds: [one] })),
    ...(permission.UserIdGroupPairs ?? []).map((one) => ({ ...base, UserIdGroupPairs: [one] })),
  ];
}

const permissionKey = ({ IpProtocol, FromPort, ToPort, ...peers }: IpPermission): string =>
  [
    IpProtocol,
    FromPort ?? null,
    ToPort ?? null,
    peers.IpRanges?.[0]?.CidrIp ??
      peers.Ipv6Ranges?.[0]?.CidrIpv6 ??
      peers.PrefixListIds?.[0]?.PrefixListId ??
      peers.UserIdGroupPairs?.[0]?.GroupId,
  ].join(" ");
