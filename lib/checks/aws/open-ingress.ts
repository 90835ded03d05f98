import { fail, pass, type Related, unknown, type Verdict } from "#lib/checks/model.ts";
import type { SecurityGroupRule } from "#lib/inventory/aws/ec2.kinds.ts";
import { areOpenTogether, type Family, familyOf } from "./ip-ranges.ts";

/** The prefix lists that the rules of a security group may name. */
export type PrefixLists = Related<"aws.ec2.prefix-list">;

export type OpenRules = {
  /** Positions in `ingress` of the rules that open it, each alone or all together; empty when it is closed. */
  open: number[];
  /** A prefix list whose addresses could not be read, and might open it. */
  unread: string | null;
};

/** The peer as CIDRs; `null` when it is a prefix list that could not be read. */
function cidrsOf(
  rule: SecurityGroupRule,
  prefixLists: PrefixLists,
  region: string,
): readonly string[] | null {
  if (rule.peerType === "ipv4" || rule.peerType === "ipv6") return [rule.peer];
  if (rule.peerType === "security-group") return [];
  const list = prefixLists
    .of("aws.ec2.prefix-list", region)
    .items.find((item) => item.config.prefixListId === rule.peer)?.config;
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
  const all: Record<Family, { index: number; cidr: string }[]> = { ipv4: [], ipv6: [] };
  let unread: string | null = null;
  for (const [index, rule] of ingress.entries()) {
    if (!matches(rule)) continue;
    const cidrs = cidrsOf(rule, prefixLists, region);
    if (!cidrs) unread = rule.peer;
    const own: Record<Family, string[]> = { ipv4: [], ipv6: [] };
    for (const cidr of cidrs ?? []) {
      own[familyOf(cidr)].push(cidr);
      all[familyOf(cidr)].push({ index, cidr });
    }
    if (areOpenTogether("ipv4", own.ipv4) || areOpenTogether("ipv6", own.ipv6)) alone.push(index);
  }
  if (alone.length) return { open: alone, unread };
  const together = (["ipv4", "ipv6"] as const)
    .map((family) => all[family])
    .filter((ranges) => {
      const cidrs = ranges.map(({ cidr }) => cidr);
      return cidrs.length > 1 && areOpenTogether(familyOf(cidrs[0] ?? ""), cidrs);
    });
  return { open: [...new Set(together.flat().map(({ index }) => index))], unread };
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
  return unread ? unknown(`addresses of prefix list ${unread}`) : pass();
}
