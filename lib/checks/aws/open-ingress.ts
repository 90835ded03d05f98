import { areOpenTogether, type Family, familyOf, weightOf } from "#lib/checks/ip-ranges.ts";
import { fail, pass, type Related, unknown, type Verdict } from "#lib/checks/model.ts";
import type { SecurityGroupRule } from "#lib/inventory/aws/ec2.kinds.ts";

/** The prefix lists that the rules of a security group may name. */
export type PrefixLists = Related<"aws.ec2.prefix-list">;

/** Positions in `ingress`. */
export type OpenRules = {
  /** The rules that let the internet in; empty when none does. */
  open: number[];
  /** Whether each of these does alone, or only all of them together. */
  alone: boolean;
  /** Rules for a prefix list whose addresses could not be read, and that might let it in. */
  unread: number[];
};

/** A prefix list's CIDRs; `null` when they could not be read. AWS's own lists hold no one's addresses but AWS's. */
function readPrefixList(id: string, prefixLists: PrefixLists, region: string): readonly string[] | null {
  const { items } = prefixLists.of("aws.ec2.prefix-list", region);
  const list = items.find((item) => item.config.prefixListId === id)?.config;
  if (!list) return null;
  return list.managedBy === "aws" ? [] : (list.entries ?? null);
}

/** Finds by which of the rules that `matches` picks the internet gets in: those wide enough alone, or else together. */
export function findOpenRules(
  ingress: readonly SecurityGroupRule[],
  matches: (rule: SecurityGroupRule) => boolean,
  prefixLists: PrefixLists,
  region: string,
): OpenRules {
  const alone: number[] = [];
  const some: { index: number; cidr: string }[] = [];
  const unread: number[] = [];
  for (let index = 0; index < ingress.length; index++) {
    const rule = ingress[index];
    if (!rule || rule.peerType === "security-group" || !matches(rule)) continue;
    const cidrs =
      rule.peerType === "prefix-list" ? readPrefixList(rule.peer, prefixLists, region) : [rule.peer];
    if (!cidrs) unread.push(index);
    else if (areOpen(cidrs)) alone.push(index);
    else for (const cidr of cidrs) if (weightOf(cidr) > 0) some.push({ index, cidr });
  }
  if (alone.length) return { open: alone, alone: true, unread };
  for (const family of families) {
    const parts = some.filter(({ cidr }) => familyOf(cidr) === family);
    const cidrs = parts.map(({ cidr }) => cidr);
    if (cidrs.length > 1 && areOpenTogether(family, cidrs))
      return { open: [...new Set(parts.map(({ index }) => index))], alone: false, unread };
  }
  return { open: [], alone: true, unread };
}

const families: readonly Family[] = ["ipv4", "ipv6"];

/** Whether one rule's CIDRs, of either family, let the internet in. */
function areOpen(cidrs: readonly string[]): boolean {
  if (cidrs.length === 1) return areOpenTogether(familyOf(cidrs[0] ?? ""), cidrs);
  return families.some((family) =>
    areOpenTogether(
      family,
      cidrs.filter((cidr) => familyOf(cidr) === family),
    ),
  );
}

const numbers: Record<string, string> = { "6": "tcp", "17": "udp", "1": "icmp", "58": "icmpv6" };
export const protocolName = (protocol: string): string => numbers[protocol] ?? protocol.toLowerCase();

/** The ports a rule opens: all of them for `-1`, and where EC2 gives none. */
export function portsOf({ protocol, fromPort, toPort }: SecurityGroupRule): [from: number, to: number] {
  if (protocol === "-1" || fromPort === null || fromPort < 0) return [0, 65_535];
  return [fromPort, toPort === null || toPort < 0 ? 65_535 : toPort];
}

export function opensPort(rule: SecurityGroupRule, port: number, protocols: readonly string[]): boolean {
  if (rule.protocol === "-1") return true;
  if (!protocols.includes(protocolName(rule.protocol))) return false;
  const [from, to] = portsOf(rule);
  return from <= port && port <= to;
}

/** Such as `tcp 20-25`, `all traffic`. */
function describePorts(rule: SecurityGroupRule): string {
  if (rule.protocol === "-1") return "all traffic";
  const [from, to] = portsOf(rule);
  const ports = from === to ? `${from}` : from <= 1 && to === 65_535 ? "on every port" : `${from}-${to}`;
  return `${protocolName(rule.protocol)} ${ports}`;
}

/** Such as `0.0.0.0/0 by a rule for tcp 20-25`. */
export function describeRules(rules: readonly SecurityGroupRule[]): string {
  const peers = [...new Set(rules.map((rule) => rule.peer))];
  const ports = [...new Set(rules.map(describePorts))];
  return `${list(peers)} by ${rules.length === 1 ? "a rule" : "rules"} for ${list(ports)}`;
}

function list(items: readonly string[]): string {
  const shown = items.length > 4 ? [...items.slice(0, 3), `${items.length - 3} more`] : items;
  return shown.length < 2 ? shown.join("") : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}

/** The verdict on one port of a security group. */
export function judgePort(
  ingress: readonly SecurityGroupRule[] | undefined,
  port: number,
  protocols: readonly string[],
  prefixLists: PrefixLists,
  region: string,
): Verdict {
  if (!ingress) return unknown("inbound rules");
  const { open, unread } = findOpenRules(
    ingress,
    (rule) => opensPort(rule, port, protocols),
    prefixLists,
    region,
  );
  if (open.length) {
    const rules = ingress.filter((_, index) => open.includes(index));
    return fail(
      `Port ${port} is open to ${describeRules(rules)}.`,
      ...open.map((index) => `/ingress/${index}`),
    );
  }
  return unread.length ? unknownAddresses(ingress, unread) : pass();
}

export function unknownAddresses(ingress: readonly SecurityGroupRule[], rules: readonly number[]): Verdict {
  return unknown(`addresses of prefix list ${rules.map((index) => ingress[index]?.peer).join(", ")}`);
}
