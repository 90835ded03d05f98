import type { FirewallTraffic } from "#lib/inventory/gcp/compute.kinds.ts";

export type Ports = [from: number, to: number];

const numbers: Record<string, string> = {
  "1": "icmp",
  "4": "ipip",
  "6": "tcp",
  "17": "udp",
  "50": "esp",
  "51": "ah",
  "132": "sctp",
};
export const protocolName = (protocol: string): string => numbers[protocol] ?? protocol.toLowerCase();

export const everyPort: Ports = [0, 65_535];

/** The ports of a protocol that a rule is about. */
export function portsOf(traffic: readonly FirewallTraffic[], protocol: string): Ports[] {
  return traffic.flatMap((part): Ports[] => {
    const name = protocolName(part.protocol);
    if (name !== "all" && name !== protocol) return [];
    if (part.ports.length === 0) return [everyPort];
    return part.ports.flatMap((text): Ports[] => {
      const [, from, to = from] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text) ?? [];
      return from === undefined || to === undefined ? [] : [[Number(from), Number(to)]];
    });
  });
}

export const holds = (ports: readonly Ports[], port: number) =>
  ports.some(([from, to]) => from <= port && port <= to);

/** Port 0 is not in use, so 1-65535 is everything. */
export function coversEveryPort(ports: readonly Ports[]): boolean {
  let next = 1;
  for (const [from, to] of ports.toSorted((a, b) => a[0] - b[0]))
    if (from <= next) next = Math.max(next, to + 1);
  return next > 65_535;
}

/** Cuts ranges wherever another begins or ends, so that each piece is in or out of any of those as a whole. */
export function segments(ranges: readonly Ports[], cuts: readonly Ports[]): Ports[] {
  const edges = [...new Set(cuts.flatMap(([from, to]) => [from, to + 1]))].sort((a, b) => a - b);
  return ranges.flatMap(([from, to]): Ports[] => {
    const starts = [from, ...edges.filter((edge) => edge > from && edge <= to)];
    return starts.map((start, index): Ports => [start, (starts[index + 1] ?? to + 1) - 1]);
  });
}
