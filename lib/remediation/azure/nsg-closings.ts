import { sourceWeight } from "#lib/checks/azure/address-prefixes.ts";
import { type Exposure, findExposure } from "#lib/checks/azure/network-exposure.ts";
import { usablePorts } from "#lib/checks/azure/open-ports.ts";
import { describePorts, type PortRange, portRangesOf } from "#lib/checks/azure/port-ranges.ts";
import { coversInternet, familyOf, rangeOf, union } from "#lib/checks/ip-ranges.ts";
import { type Cut, cutRule, isWide, type Protocol, privateSources } from "./nsg-pieces.ts";
import { judgedRuleOf, type NsgRule } from "./security-rule.ts";

/** What a check wants closed: the ports, or, `whole`, no more than that not all of them are open at once. */
type Closing = { protocol: Protocol; within: PortRange; whole?: true };

const port = (protocol: Protocol, number: number): Closing => ({ protocol, within: [number, number] });

/** By the check that sees it. */
const closings: Readonly<Record<string, readonly Closing[]>> = {
  "azure.network.security-group-ssh": [port("tcp", 22)],
  "azure.network.security-group-rdp": [port("tcp", 3389), port("udp", 3389)],
  "azure.network.security-group-http": [port("tcp", 80), port("tcp", 443)],
  "azure.network.security-group-udp": [{ protocol: "udp", within: usablePorts }],
  "azure.network.security-group-all-ports": [
    { protocol: "tcp", within: usablePorts, whole: true },
    { protocol: "udp", within: usablePorts, whole: true },
  ],
};
export const closedChecks: readonly string[] = Object.keys(closings);

/** One of the group's rules with what is to stand in its place: itself, less of it, or nothing. */
export type Narrowed = { rule: NsgRule; pieces: NsgRule[] };

export type Narrowing = { narrowed: Narrowed[]; notes: string[] } | { refused: string };

/** A group whose rules still let the internet in after so many cuts was made to be like that. */
const maxCuts = 500;
/** From so many ports on, a rule is taken for one that was meant to open everything. */
const manyPorts = 1000;

/**
 * Takes out of a group's rules what lets the internet in, as the checks see it, and nothing else. Deny rules stay.
 *
 * @param inbound The group's own inbound rules.
 * @param exceptions CIDRs that keep their way in, where they have one.
 */
export function narrowRules(
  inbound: readonly NsgRule[],
  checks: readonly string[],
  exceptions: readonly string[],
): Narrowing {
  for (const family of ["ipv4", "ipv6"] as const) {
    const ranges = exceptions.filter((cidr) => familyOf(cidr) === family).flatMap(rangeOf);
    if (coversInternet(family, union(ranges, [])))
      return { refused: "The exceptions let so much of the internet in that no one network is meant." };
  }
  const narrowed = inbound.map((rule): Narrowed => ({ rule, pieces: [rule] }));
  const notes: string[] = [];
  const wanted = checks.flatMap((check) => closings[check] ?? []);
  for (const closing of wanted) {
    for (let cuts = 0; ; cuts += 1) {
      const present = narrowed.flatMap(({ pieces }) => pieces);
      const exposure = findExposure(present.map(judgedRuleOf), closing.protocol, closing.within);
      if (!exposure.isWhole || cuts > maxCuts)
        return {
          refused: "The group's rules are so many and so entangled that what they let in can't be told.",
        };
      if (!isOpen(exposure, closing)) break;
      for (const { piece, sources } of chooseCuts(present, exposure, closing)) {
        const owner = narrowed.find(({ pieces }) => pieces.includes(piece));
        if (!owner) continue;
        const cut: Cut = { protocol: closing.protocol, ports: exposure.ports, sources };
        const kept = [...exceptions, ...(isRefusedLater(piece, cut, inbound) ? privateSources : [])];
        owner.pieces = owner.pieces.flatMap((each) => (each === piece ? cutRule(piece, cut, kept) : [each]));
        notes.push(describeCut(owner.rule, piece, cut));
      }
    }
  }
  return { narrowed, notes: [...new Set(notes)] };
}

const isOpen = ({ ports }: Exposure, { within, whole }: Closing): boolean =>
  whole ? ports.some(([from, to]) => from === within[0] && to === within[1]) : ports.length > 0;

/** Every source that opens the way by itself; where only several do together, the largest of them. */
function chooseCuts(
  rules: readonly NsgRule[],
  exposure: Exposure,
  { whole }: Closing,
): { piece: NsgRule; sources: string[] }[] {
  const opening = exposure.rules.flatMap((index) => rules[index] ?? []);
  const offending = whole ? widestOf(opening) : opening;
  const wide = offending
    .map((piece) => ({ piece, sources: judgedRuleOf(piece).sources.filter(isWide) }))
    .filter(({ sources }) => sources.length > 0);
  if (wide.length) return wide;
  const single = offending.flatMap((piece) =>
    judgedRuleOf(piece).sources.map((source) => ({ piece, sources: [source], weight: weightOf(source) })),
  );
  return single.sort((a, b) => b.weight - a.weight).slice(0, 1);
}

const weightOf = (source: string): number =>
  Math.max(sourceWeight([source], "ipv4"), sourceWeight([source], "ipv6"));

/** A rule for one service stays open where another opens everything. */
function widestOf(rules: readonly NsgRule[]): NsgRule[] {
  const many = rules.filter((rule) => countPorts(rule) >= manyPorts);
  return many.length ? many : [...rules].sort((a, b) => countPorts(b) - countPorts(a)).slice(0, 1);
}

const countPorts = (rule: NsgRule): number =>
  portRangesOf(judgedRuleOf(rule).destinationPorts).reduce((sum, [from, to]) => sum + to - from + 1, 0);

/**
 * Whether a deny rule further back would take what Azure's default rules let in from within the network. Only where the
 * cut sources say more than the internet is there anything of it to keep.
 */
function isRefusedLater(piece: NsgRule, cut: Cut, inbound: readonly NsgRule[]): boolean {
  if (cut.sources.every((source) => source.trim().toLowerCase() === "internet")) return false;
  return inbound.some((rule) => {
    if (rule.access !== "Deny" || rule.priority < piece.priority) return false;
    const { protocol, destinationPorts } = judgedRuleOf(rule);
    if (protocol !== "*" && protocol !== cut.protocol) return false;
    return portRangesOf(destinationPorts).some(([from, to]) =>
      cut.ports.some(([first, last]) => from <= last && first <= to),
    );
  });
}

function describeCut(rule: NsgRule, piece: NsgRule, { protocol, ports, sources }: Cut): string {
  const own = portRangesOf(judgedRuleOf(piece).destinationPorts);
  const closed = ports.filter(([from, to]) => own.some(([first, last]) => from <= last && first <= to));
  const few = describePorts(closed);
  const which = few.length > 4 ? `${few.slice(0, 3).join(", ")} and ${few.length - 3} more` : few.join(", ");
  return `${rule.name} no longer lets ${sources.join(", ")} in to ${protocol} ${which}.`;
}
