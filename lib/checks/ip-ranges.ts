import ipaddr from "ipaddr.js";

/** Inclusive ranges of addresses of one family, as numbers, sorted and apart from each other. */
export type Ranges = [first: bigint, last: bigint][];
export type Family = "ipv4" | "ipv6";

export const familyOf = (cidr: string): Family => (cidr.includes(":") ? "ipv6" : "ipv4");

/** The range of a CIDR such as `10.0.0.0/8`; none when it isn't one. */
export function rangeOf(cidr: string): Ranges {
  const [address = "", length = "", ...rest] = cidr.split("/");
  if (rest.length || !ipaddr.isValid(address) || !/^\d{1,3}$/.test(length)) return [];
  const bytes = ipaddr.parse(address).toByteArray();
  const bits = bytes.length * 8;
  const prefix = Number(length);
  if (prefix > bits) return [];
  const number = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  const size = 1n << BigInt(bits - prefix);
  const first = (number / size) * size;
  return [[first, first + size - 1n]];
}

export function union(a: Ranges, b: Ranges): Ranges {
  const merged: Ranges = [];
  for (const [first, last] of [...a, ...b].sort((x, y) => (x[0] < y[0] ? -1 : x[0] > y[0] ? 1 : 0))) {
    const previous = merged.at(-1);
    if (!previous || first > previous[1] + 1n) merged.push([first, last]);
    else if (last > previous[1]) previous[1] = last;
  }
  return merged;
}

export function subtract(from: Ranges, what: Ranges): Ranges {
  let rest = from;
  for (const [first, last] of what) {
    rest = rest.flatMap(([start, end]): Ranges => {
      if (last < start || first > end) return [[start, end]];
      const kept: Ranges = [];
      if (start < first) kept.push([start, first - 1n]);
      if (end > last) kept.push([last + 1n, end]);
      return kept;
    });
  }
  return rest;
}

export const intersect = (a: Ranges, b: Ranges): Ranges => subtract(a, subtract(a, b));

/** What isn't routed on the internet: private, shared, loopback, link-local, multicast and reserved space. */
const notPublicIpv4 = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "224.0.0.0/3",
].reduce((ranges, cidr) => union(ranges, rangeOf(cidr)), [] as Ranges);

/** Global unicast, all that has been given out of IPv6. */
const publicIpv6 = rangeOf("2000::/3");

/**
 * Whether the ranges hold so much of the internet that no one network is meant: more public IPv4 addresses than a /8,
 * the most that one holder was ever given, or more IPv6 than a /16.
 */
export function coversInternet(family: Family, ranges: Ranges): boolean {
  const open = family === "ipv4" ? subtract(ranges, notPublicIpv4) : intersect(ranges, publicIpv6);
  const count = open.reduce((sum, [first, last]) => sum + (last - first + 1n), 0n);
  return count > (family === "ipv4" ? 1n << 24n : 1n << 112n);
}

const privateIpv4 = /^(10\.[\d.]+\/([89]|[123]\d)|192\.168\.[\d.]+\/(1[6-9]|[23]\d))$/;

/**
 * At most how much of what counts as the internet a CIDR covers: the internet is covered only by CIDRs that come to more
 * than 1 together. Cheap, since nearly every rule of a security group is judged by this alone.
 */
export function weightOf(cidr: string): number {
  if (privateIpv4.test(cidr)) return 0;
  const prefix = Number(cidr.slice(cidr.indexOf("/") + 1));
  return cidr.includes(":") ? 2 ** (16 - prefix) : 2 ** (8 - prefix);
}

/** Whether CIDRs of one family, taken together, cover the internet. */
export function areOpenTogether(family: Family, cidrs: readonly string[]): boolean {
  if (cidrs.includes("0.0.0.0/0") || cidrs.includes("::/0")) return true;
  if (!(cidrs.reduce((sum, cidr) => sum + weightOf(cidr), 0) > 1)) return false;
  return coversInternet(
    family,
    cidrs.reduce((ranges, cidr) => union(ranges, rangeOf(cidr)), [] as Ranges),
  );
}
