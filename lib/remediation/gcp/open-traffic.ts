import { remoteDesktop, ssh } from "#lib/checks/gcp/admin-ports.ts";
import { type IngressRule, reachOfEveryPort, reachOfPort } from "#lib/checks/gcp/firewall-exposure.ts";
import { everyPort, type Ports, portsOf, protocolName } from "#lib/checks/gcp/firewall-ports.ts";
import { areOpenTogether, familyOf, rangeOf, subtract, weightOf } from "#lib/checks/ip-ranges.ts";
import type { Traffic } from "./firewall-state.ts";

/** By protocol, the ports that a rule must not open to the internet and does. */
export type OpenPorts = ReadonlyMap<string, readonly Ports[]>;

/**
 * What the checks would find of a rule if nothing came before it but the denials: SSH, Remote Desktop, and protocols of
 * which every port is open.
 */
export function openPortsOf(rule: IngressRule, denials: readonly IngressRule[] = []): OpenPorts {
  const open = new Map<string, Ports[]>();
  for (const protocol of ["tcp", "udp"]) {
    const ports = portsOf(rule.traffic, protocol);
    const alone = { ...rule, traffic: [{ protocol, ports: ports.map(([from, to]) => `${from}-${to}`) }] };
    const isWide = ports.length > 0 && reachOfEveryPort(alone, denials).status === "open";
    if (isWide) open.set(protocol, [everyPort]);
    const services = isWide
      ? []
      : [ssh, remoteDesktop].filter(({ protocols }) => protocols.includes(protocol));
    for (const { port } of services) {
      if (reachOfPort(rule, denials, [protocol], port).status !== "open") continue;
      open.set(protocol, [...(open.get(protocol) ?? []), [port, port]]);
    }
  }
  return open;
}

/** Takes traffic apart into what is open and must not be, and the rest; what stays whole stays as it was written. */
export function splitTraffic(
  traffic: readonly Traffic[],
  open: OpenPorts,
): { safe: Traffic[]; offending: Traffic[] } {
  const safe: Traffic[] = [];
  const offending: Traffic[] = [];
  for (const part of traffic) {
    const name = protocolName(part.IPProtocol);
    // Every protocol with every port: there is no writing it without one of them.
    const taken = name === "all" ? (open.size > 0 ? [everyPort] : []) : (open.get(name) ?? []);
    const { inside, outside } = splitPorts(part.ports, taken);
    if (inside) offending.push({ ...part, ports: inside });
    if (outside) safe.push({ ...part, ports: outside });
  }
  return { safe, offending };
}

type Split = { inside: string[] | null; outside: string[] | null };

function splitPorts(ports: readonly string[], taken: readonly Ports[]): Split {
  const isWhole = taken.some(([from, to]) => from <= 1 && to >= 65_535);
  if (isWhole) return { inside: [...ports], outside: null };
  if (taken.length === 0) return { inside: null, outside: [...ports] };
  const inside: string[] = [];
  const outside: string[] = [];
  for (const text of ports.length > 0 ? ports : ["0-65535"]) {
    const pieces = cut(text, taken);
    if (pieces.length === 1 && pieces[0]) (pieces[0].isTaken ? inside : outside).push(text);
    else for (const piece of pieces) (piece.isTaken ? inside : outside).push(textOf(piece.ports));
  }
  return { inside: inside.length > 0 ? inside : null, outside: outside.length > 0 ? outside : null };
}

/** A range in the pieces that lie in and out of what is taken. */
function cut(text: string, taken: readonly Ports[]): { ports: Ports; isTaken: boolean }[] {
  const [from = 0, to = from] = text.split("-").map(Number);
  const edges = taken
    .flatMap(([first, last]) => [first, last + 1])
    .filter((edge) => edge > from && edge <= to);
  const starts = [from, ...new Set(edges.sort((a, b) => a - b))];
  return starts.map((start, index) => ({
    ports: [start, (starts[index + 1] ?? to + 1) - 1],
    isTaken: taken.some(([first, last]) => first <= start && start <= last),
  }));
}

const textOf = ([from, to]: Ports): string => (from === to ? String(from) : `${from}-${to}`);

/**
 * The sources of a rule without those by which the internet gets in: the widest first, until the rest is no longer the
 * internet. Of what is taken out, the exceptions are put back.
 */
export function narrowSources(
  sources: readonly string[],
  exceptions: readonly string[],
): { kept: string[]; removed: string[] } {
  const removed: string[] = [];
  for (const family of ["ipv4", "ipv6"] as const) {
    const left = sources
      .filter((cidr) => familyOf(cidr) === family)
      .sort((a, b) => weightOf(b) - weightOf(a));
    while (areOpenTogether(family, left)) removed.push(...left.splice(0, 1));
  }
  // Two CIDRs lie apart or one in the other: of each pair, the narrower is what was let in and is to stay.
  const back = exceptions.flatMap((cidr) =>
    removed.flatMap((one) => (holds(one, cidr) ? [cidr] : holds(cidr, one) ? [one] : [])),
  );
  const kept = new Set([...sources.filter((cidr) => !removed.includes(cidr)), ...back]);
  return { kept: [...kept].sort(), removed: removed.sort() };
}

const holds = (outer: string, inner: string): boolean =>
  familyOf(outer) === familyOf(inner) && subtract(rangeOf(inner), rangeOf(outer)).length === 0;

/** Whether CIDRs of both families are, taken together, the internet. */
export const areOpen = (cidrs: readonly string[]): boolean =>
  (["ipv4", "ipv6"] as const).some((family) =>
    areOpenTogether(
      family,
      cidrs.filter((cidr) => familyOf(cidr) === family),
    ),
  );
