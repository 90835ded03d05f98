import {
  areOpenTogether,
  coversInternet,
  type Family,
  familyOf,
  intersect,
  type Ranges,
  rangeOf,
  subtract,
  union,
  weightOf,
} from "#lib/checks/ip-ranges.ts";
import type { FirewallTraffic } from "#lib/inventory/gcp/compute.kinds.ts";
import { coversEveryPort, everyPort, holds, type Ports, portsOf, segments } from "./firewall-ports.ts";

/** An ingress rule in force on a network, whether a VPC firewall rule or a rule of a firewall policy. */
export type IngressRule = {
  name: string;
  /** What is asked earlier has the lower stage; within a stage the lower priority, and a denial before its equals. */
  stage: number;
  priority: number;
  traffic: readonly FirewallTraffic[];
  /** CIDRs of both families. */
  sources: readonly string[];
  /** Sources whose addresses are not known, in the reader's words, such as `address group partners`. */
  unreadSources: readonly string[];
  /** CIDRs; none means any address of the instance. */
  destinations: readonly string[];
  /** Labels of which an instance has one, such as `tag:web`; `null` for every instance. */
  targets: readonly string[] | null;
};

/** What of a rule's traffic the internet can send, once the denials before it have taken theirs. */
export type Reach =
  | { status: "closed" }
  | { status: "unread"; sources: readonly string[] }
  | {
      status: "open";
      /** The CIDRs by which the internet gets in. */
      cidrs: string[];
      /** The rule's targets that it reaches; `null` for every instance. */
      targets: string[] | null;
      /** Protocol, and how many of its ports are open. */
      protocol: string;
      ports: number;
      /** Denials that take a part of it. */
      shadows: string[];
    };

/** Whether a denial is asked before an allowing rule. */
const precedes = (denial: IngressRule, rule: IngressRule) =>
  denial.stage < rule.stage || (denial.stage === rule.stage && denial.priority <= rule.priority);

/** Whether the internet reaches a port through a rule. */
export function reachOfPort(
  rule: IngressRule,
  denials: readonly IngressRule[],
  protocols: readonly string[],
  port: number,
): Reach {
  return firstOpen(protocols, (protocol) =>
    holds(portsOf(rule.traffic, protocol), port)
      ? reachOf(rule, denials, protocol, [[port, port]], 1)
      : closed,
  );
}

/** So many ports of the 65,536 have to be left open for a rule about every port to count as one still. */
const mostPorts = 32_768;

/** Whether the internet reaches most ports of TCP or UDP through a rule that is about every port. */
export const reachOfEveryPort = (rule: IngressRule, denials: readonly IngressRule[]): Reach =>
  firstOpen(["tcp", "udp"], (protocol) =>
    coversEveryPort(portsOf(rule.traffic, protocol))
      ? reachOf(rule, denials, protocol, [everyPort], mostPorts)
      : closed,
  );

const closed: Reach = { status: "closed" };

function firstOpen(protocols: readonly string[], reach: (protocol: string) => Reach): Reach {
  let worst = closed;
  for (const protocol of protocols) {
    const found = reach(protocol);
    if (found.status === "open") return found;
    if (found.status === "unread") worst = found;
  }
  return worst;
}

const families: readonly Family[] = ["ipv4", "ipv6"];
const everywhere = ["0.0.0.0/0", "::/0"];

function reachOf(
  rule: IngressRule,
  denials: readonly IngressRule[],
  protocol: string,
  ports: Ports[],
  enough: number,
): Reach {
  const first = denials.filter(
    (denial) => precedes(denial, rule) && portsOf(denial.traffic, protocol).length > 0,
  );
  const found = openParts(rule, rule.sources, first, protocol, ports, enough);
  if (found) return found;
  if (rule.unreadSources.length === 0) return closed;
  // What would be closed to the whole internet is closed to whatever the sources are.
  const isOpen = openParts(rule, everywhere, first, protocol, ports, enough);
  return isOpen ? { status: "unread", sources: rule.unreadSources } : closed;
}

/** Judges each kind of instance for itself: one that has a single one of the rule's labels is the least protected. */
function openParts(
  rule: IngressRule,
  sources: readonly string[],
  denials: readonly IngressRule[],
  protocol: string,
  ports: Ports[],
  enough: number,
): Reach | null {
  const wide = families.filter((family) =>
    areOpenTogether(
      family,
      sources.filter((cidr) => familyOf(cidr) === family),
    ),
  );
  if (wide.length === 0) return null;
  const targets: string[] = [];
  const cidrs = new Set<string>();
  let mostOpen = 0;
  for (const label of rule.targets ?? [null]) {
    const taking = denials.filter(
      ({ targets: denied }) => denied === null || (label !== null && denied.includes(label)),
    );
    const open = portsLeft(rule, sources, wide, taking, protocol, ports);
    if (open.count < enough) continue;
    if (label !== null) targets.push(label);
    mostOpen = Math.max(mostOpen, open.count);
    for (const family of open.families) for (const cidr of wideCidrs(family, sources)) cidrs.add(cidr);
  }
  if (mostOpen === 0) return null;
  return {
    status: "open",
    cidrs: [...cidrs],
    targets: rule.targets && targets,
    protocol,
    ports: mostOpen,
    shadows: denials.filter((denial) => overlaps(denial, rule, protocol, ports)).map(({ name }) => name),
  };
}

/** How many of the ports are open in either family, and in which families any is. */
function portsLeft(
  rule: IngressRule,
  sources: readonly string[],
  wide: readonly Family[],
  denials: readonly IngressRule[],
  protocol: string,
  ports: Ports[],
): { count: number; families: Set<Family> } {
  const denied = denials.map((denial) => ({ denial, ports: portsOf(denial.traffic, protocol) }));
  const open = new Set<Family>();
  let count = 0;
  for (const [from, to] of segments(
    ports,
    denied.flatMap((one) => one.ports),
  )) {
    const taking = denied.filter((one) => holds(one.ports, from)).map((one) => one.denial);
    const reaching = wide.filter((family) => isOpen(family, rule, sources, taking));
    if (reaching.length > 0) count += to - from + 1;
    for (const family of reaching) open.add(family);
  }
  return { count, families: open };
}

/** Whether, for some address of the instance, what the denials leave of the sources still is the internet. */
function isOpen(
  family: Family,
  rule: IngressRule,
  sources: readonly string[],
  denials: readonly IngressRule[],
): boolean {
  const from = rangesOf(family, sources);
  const to = rule.destinations.length === 0 ? everyAddress[family] : rangesOf(family, rule.destinations);
  if (denials.length === 0) return to.length > 0;
  const denied = denials.map((denial) => ({
    from: rangesOf(family, denial.sources),
    to: denial.destinations.length === 0 ? everyAddress[family] : rangesOf(family, denial.destinations),
  }));
  return addressSegments(
    to,
    denied.flatMap((one) => one.to),
  ).some((address) =>
    coversInternet(
      family,
      denied
        .filter((one) => one.to.some(([first, last]) => first <= address && address <= last))
        .reduce((left, one) => subtract(left, one.from), from),
    ),
  );
}

/** One address out of each piece that ranges fall into when they are cut wherever another begins or ends. */
function addressSegments(ranges: Ranges, cuts: Ranges): bigint[] {
  const edges = cuts.flatMap(([first, last]) => [first, last + 1n]);
  return ranges.flatMap(([first, last]) => [first, ...edges.filter((edge) => edge > first && edge <= last)]);
}

const everyAddress: Record<Family, Ranges> = { ipv4: rangeOf("0.0.0.0/0"), ipv6: rangeOf("::/0") };

const rangesOf = (family: Family, cidrs: readonly string[]): Ranges =>
  cidrs
    .filter((cidr) => familyOf(cidr) === family)
    .reduce((ranges, cidr) => union(ranges, rangeOf(cidr)), [] as Ranges);

/** The CIDRs that let the internet in alone, or else all that do so together. */
function wideCidrs(family: Family, sources: readonly string[]): readonly string[] {
  const own = sources.filter((cidr) => familyOf(cidr) === family && weightOf(cidr) > 0);
  const alone = own.filter((cidr) => areOpenTogether(family, [cidr]));
  return alone.length > 0 ? alone : own;
}

const overlaps = (denial: IngressRule, rule: IngressRule, protocol: string, ports: readonly Ports[]) =>
  families.some(
    (family) => intersect(rangesOf(family, denial.sources), rangesOf(family, rule.sources)).length > 0,
  ) &&
  portsOf(denial.traffic, protocol).some(([from, to]) =>
    ports.some(([first, last]) => from <= last && first <= to),
  ) &&
  (denial.targets === null ||
    rule.targets === null ||
    denial.targets.some((label) => rule.targets?.includes(label)));
