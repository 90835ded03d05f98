import { coversInternet, type Family, type Ranges, subtract, union } from "#lib/checks/ip-ranges.ts";
import type { SecurityRule } from "#lib/inventory/azure/network.kinds.ts";
import { destinationRanges, families, sourceRanges, sourceWeight } from "./address-prefixes.ts";
import { everyPort, includesPort, joined, type PortRange, partsOf, portRangesOf } from "./port-ranges.ts";

/** What the internet reaches through a network security group. */
export type Exposure = {
  /** Destination ports, sorted and apart; empty when none is open. */
  ports: PortRange[];
  /** Positions in the group's inbound rules of those that open them. */
  rules: number[];
  families: Family[];
  /** False for rules so many and so entangled that not all of it was worked out: more may be open. */
  isWhole: boolean;
};

/**
 * How much is worked out at most, in comparisons of rules and of ranges: a second or two. Groups that people write come
 * to some thousands; the bound is for one made to hold up a scan.
 */
const maxWork = 4_000_000;

/** A rule as far as one family of addresses goes. */
type Part = {
  index: number;
  allows: boolean;
  sources: Ranges;
  /** Whether it can let in enough to matter, judged by its sources alone. */
  weight: number;
  sourcePorts: PortRange[];
  destinations: Ranges;
  destinationGroups: readonly string[];
  ports: PortRange[];
};

/** A machine that traffic may be meant for, and the port it comes from. */
type Target = { address: bigint; group: string | null; sourcePort: number };

/**
 * Finds which ports the internet reaches, as Azure decides it: of the rules that match a packet's protocol, source,
 * destination and ports, the one with the lowest priority number counts, and what matches none is refused. So a deny
 * takes from the allows behind it exactly what it covers; a port is open when, for some machine, what is left is still
 * so much of the internet that no one network is meant.
 *
 * A machine is taken to be in one application security group or in none, and to have any address.
 */
export function findExposure(
  inbound: readonly SecurityRule[],
  protocol: "tcp" | "udp",
  within: PortRange = everyPort,
): Exposure {
  const ports: PortRange[] = [];
  const rules = new Set<number>();
  const found: Family[] = [];
  const work = new Work(maxWork);
  for (const family of families) {
    for (const matching of waysIn(family, partsFor(inbound, protocol, within, family), work)) {
      const ranges = matching.flatMap((part) => part.ports);
      for (const range of partsOf(within, ranges)) {
        if (!work.take(matching.length)) break;
        const deciding = matching.filter((part) => includesPort(part.ports, range[0]));
        const open = openRules(family, deciding, work);
        if (!open.length) continue;
        ports.push(range);
        for (const index of open) rules.add(index);
        if (!found.includes(family)) found.push(family);
      }
    }
  }
  return {
    ports: merged(ports),
    rules: [...rules].sort((a, b) => a - b),
    families: found,
    isWhole: !work.isSpent,
  };
}

class Work {
  #left: number;
  constructor(left: number) {
    this.#left = left;
  }
  get isSpent(): boolean {
    return this.#left < 0;
  }
  /** False when there is no more to be had. */
  take(amount: number): boolean {
    if (this.#left >= 0) this.#left -= amount;
    return this.#left >= 0;
  }
}

const canOpen = (parts: readonly Part[]): boolean =>
  parts.reduce((sum, part) => sum + (part.allows ? part.weight : 0), 0) > 1;

/** The rules that bear on a family, a protocol and ports, the one that counts first at the front. */
function partsFor(
  inbound: readonly SecurityRule[],
  protocol: string,
  within: PortRange,
  family: Family,
): Part[] {
  const bearing: { rule: SecurityRule; index: number; weight: number; ports: PortRange[] }[] = [];
  let weightLetIn = 0;
  inbound.forEach((rule, index) => {
    if (rule.protocol !== "*" && rule.protocol.toLowerCase() !== protocol) return;
    const ports = portRangesOf(rule.destinationPorts).filter(
      ([from, to]) => from <= within[1] && within[0] <= to,
    );
    const weight = ports.length ? sourceWeight(rule.sources, family) : 0;
    if (!weight) return;
    bearing.push({ rule, index, weight, ports });
    if (rule.access === "allow") weightLetIn += weight;
  });
  // Nearly every group ends here, before any address is computed with.
  if (!(weightLetIn > 1)) return [];
  return bearing
    .sort((a, b) => a.rule.priority - b.rule.priority)
    .map(({ rule, index, weight, ports }) => ({
      index,
      allows: rule.access === "allow",
      sources: sourceRanges(rule.sources, family),
      weight,
      sourcePorts: portRangesOf(rule.sourcePorts),
      destinations: destinationRanges(rule.destinations, family),
      destinationGroups: rule.destinationGroups.map((id) => id.toLowerCase()),
      ports,
    }));
}

/** The rules that decide about a machine and a source port, in the order in which they count: one list for each way. */
function* waysIn(family: Family, parts: readonly Part[], work: Work): Generator<Part[]> {
  if (!canOpen(parts)) return;
  const seen = new Set<string>();
  for (const target of targetsOf(family, parts)) {
    if (!work.take(parts.length)) return;
    const matching = parts.filter((part) => matches(part, target));
    // Most machines of a large group are decided about by the same few rules.
    const key = canOpen(matching) ? matching.map(({ index }) => index).join() : "";
    if (!key || seen.has(key)) continue;
    seen.add(key);
    yield matching;
  }
}

/** Which of the rules for one port let the internet in: those that do alone, or else those that do together. */
function openRules(family: Family, parts: readonly Part[], work: Work): number[] {
  if (!canOpen(parts)) return [];
  let denied: Ranges = [];
  const alone: number[] = [];
  const some: { index: number; left: Ranges }[] = [];
  for (const part of parts) {
    if (!work.take(denied.length + part.sources.length)) return [];
    if (!part.allows) {
      denied = union(denied, part.sources);
      continue;
    }
    if (!work.take(denied.length * part.sources.length)) return [];
    const left = denied.length ? subtract(part.sources, denied) : part.sources;
    if (coversInternet(family, left)) alone.push(part.index);
    else if (left.length) some.push({ index: part.index, left });
  }
  if (alone.length) return alone;
  const together = union(
    some.flatMap(({ left }) => left),
    [],
  );
  return coversInternet(family, together) ? some.map(({ index }) => index) : [];
}

function matches(part: Part, { address, group, sourcePort }: Target): boolean {
  if (!includesPort(part.sourcePorts, sourcePort)) return false;
  if (group !== null && part.destinationGroups.includes(group)) return true;
  return part.destinations.some(([first, last]) => first <= address && address <= last);
}

/** One machine and source port for each way in which the rules can tell them apart. */
function* targetsOf(family: Family, parts: readonly Part[]): Generator<Target> {
  const space = family === "ipv4" ? 1n << 32n : 1n << 128n;
  const addresses = new Set([0n]);
  const groups = new Set<string | null>([null]);
  for (const { destinations, destinationGroups } of parts) {
    for (const [first, last] of destinations)
      for (const address of [first, last + 1n]) if (address < space) addresses.add(address);
    for (const group of destinationGroups) groups.add(group);
  }
  const sourcePorts = partsOf(
    everyPort,
    parts.flatMap((part) => part.sourcePorts),
  );
  for (const group of groups)
    for (const address of addresses)
      for (const [sourcePort] of sourcePorts) yield { address, group, sourcePort };
}

function merged(ports: readonly PortRange[]): PortRange[] {
  return joined(partsOf(everyPort, ports).filter(([from]) => includesPort(ports, from)));
}
