import { portsOf, protocolName } from "#lib/checks/aws/open-ingress.ts";
import { areOpenTogether, familyOf, intersect, rangeOf } from "#lib/checks/ip-ranges.ts";
import { asInventory, type Rule } from "./security-group-rules.ts";

/** First and last. */
export type PortRange = readonly [from: number, to: number];

/** What is closed to a rule's peer: some ports of TCP and UDP, or everything but a few ports of TCP. */
export type Closing = { ports: PortRange; protocols: readonly string[] } | { allBut: readonly PortRange[] };

export type Sources = {
  /** CIDRs that keep what everyone loses. */
  exceptions: readonly string[];
  /** What a prefix list holds; null when it can't be read. */
  entriesOf(prefixListId: string): readonly string[] | null;
};

/** What is left of a rule that lets the internet in: the other ports for everyone, and all of it for those excepted. */
export function takeOut(rule: Rule, closing: Closing, sources: Sources): Rule[] {
  const { closed, kept } = "allBut" in closing ? splitWhole(rule, closing.allBut) : splitPorts(rule, closing);
  const peers = keptPeers(rule, sources);
  return [...kept, ...closed.flatMap((part) => peers.map((peer) => ({ ...part, ...peer })))];
}

function splitWhole(rule: Rule, allBut: readonly PortRange[]): { closed: Rule[]; kept: Rule[] } {
  const overTcp = rule.protocol === "-1" || protocolName(rule.protocol) === "tcp";
  const kept = overTcp ? allBut.flatMap((range) => within(rule, range)) : [];
  return { closed: [rule], kept };
}

function within(rule: Rule, [first, last]: PortRange): Rule[] {
  const [from, to] = portRangeOf(rule);
  const [a, b] = [Math.max(from, first), Math.min(to, last)];
  return a > b ? [] : [{ ...rule, protocol: "tcp", from: a, to: b }];
}

function splitPorts(
  rule: Rule,
  { ports, protocols }: { ports: PortRange; protocols: readonly string[] },
): { closed: Rule[]; kept: Rule[] } {
  const parts = rule.protocol === "-1" ? byProtocol(rule) : [rule];
  const closed: Rule[] = [];
  const kept: Rule[] = [];
  for (const part of parts) {
    const [from, to] = portRangeOf(part);
    const [first, last] = ports;
    if (!protocols.includes(protocolName(part.protocol)) || last < from || first > to) {
      kept.push(part);
      continue;
    }
    if (from < first) kept.push({ ...part, from, to: first - 1 });
    if (to > last) kept.push({ ...part, from: last + 1, to });
    closed.push({ ...part, from: Math.max(from, first), to: Math.min(to, last) });
  }
  return { closed, kept };
}

/**
 * A rule for all traffic as rules for each protocol that can have one without ports being lost. EC2 has no "all but": those
 * that nobody names by a name, such as GRE, would take 250 rules more, and go.
 */
function byProtocol(rule: Rule): Rule[] {
  const icmp =
    rule.peerType === "ipv6" ? ["icmpv6"] : rule.peerType === "ipv4" ? ["icmp"] : ["icmp", "icmpv6"];
  return [
    { ...rule, protocol: "tcp", from: 0, to: 65_535 },
    { ...rule, protocol: "udp", from: 0, to: 65_535 },
    ...icmp.map((protocol) => ({ ...rule, protocol, from: -1, to: -1 })),
  ];
}

function portRangeOf(rule: Rule): PortRange {
  const [inventory] = asInventory([rule]);
  return inventory ? portsOf(inventory) : [0, 65_535];
}

type Peer = Pick<Rule, "peerType" | "peer">;

/** Who of a rule's peer keeps access: exceptions within it, and of a prefix list what isn't the internet itself. */
function keptPeers(rule: Rule, { exceptions, entriesOf }: Sources): Peer[] {
  const cidrs = rule.peerType === "prefix-list" ? (entriesOf(rule.peer) ?? []) : [rule.peer];
  const narrow = rule.peerType === "prefix-list" ? narrowOnes(cidrs) : [];
  const excepted = exceptions.filter(
    (exception) =>
      !narrow.some((cidr) => isWithin(exception, cidr)) && cidrs.some((cidr) => isWithin(exception, cidr)),
  );
  // An exception wider than the rule's own peer keeps the rule as it is.
  const whole = rule.peerType !== "prefix-list" && exceptions.some((one) => isWithin(rule.peer, one));
  if (whole) return [{ peerType: rule.peerType, peer: rule.peer }];
  return [...new Set([...narrow, ...excepted])].map((peer) => ({ peerType: familyOf(peer), peer }));
}

/** Those entries of a list that are no part of what opens it; none when even these come to the internet together. */
function narrowOnes(cidrs: readonly string[]): string[] {
  const narrow = cidrs.filter((cidr) => !areOpenTogether(familyOf(cidr), [cidr]));
  const open = (["ipv4", "ipv6"] as const).some((family) =>
    areOpenTogether(
      family,
      narrow.filter((cidr) => familyOf(cidr) === family),
    ),
  );
  return open ? [] : narrow;
}

/** Whether all addresses of a CIDR are another's too. */
export function isWithin(inner: string, outer: string): boolean {
  if (familyOf(inner) !== familyOf(outer)) return false;
  const [range] = rangeOf(inner);
  if (!range) return false;
  const [shared] = intersect([range], rangeOf(outer));
  return shared !== undefined && shared[0] === range[0] && shared[1] === range[1];
}
