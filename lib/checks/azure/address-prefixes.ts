import ipaddr from "ipaddr.js";
import { type Family, familyOf, type Ranges, rangeOf, union, weightOf } from "#lib/checks/ip-ranges.ts";

export const families: readonly Family[] = ["ipv4", "ipv6"];

const everything: Record<Family, Ranges> = { ipv4: rangeOf("0.0.0.0/0"), ipv6: rangeOf("::/0") };

/** The spellings of "anyone". `Internet` leaves out the virtual network's own space, which nobody outside it has. */
const everyone = new Set(["*", "any", "internet", "/0"]);

/** What Azure's `*` and `VirtualNetwork` mean as a destination: inbound traffic never leaves the virtual network. */
const everywhere = new Set(["*", "any", "virtualnetwork"]);

/** A prefix as a CIDR: a lone address stands for itself. `null` for service tags. */
function cidrOf(prefix: string): string | null {
  const text = prefix.trim();
  if (text.includes("/")) return text;
  if (!/[.:]/.test(text) || !ipaddr.isValid(text)) return null;
  return `${text}/${text.includes(":") ? 128 : 32}`;
}

/** The addresses of a family that prefixes cover. Tags for a service or a network hold no share of the internet. */
export function sourceRanges(prefixes: readonly string[], family: Family): Ranges {
  if (prefixes.some((prefix) => everyone.has(prefix.trim().toLowerCase()))) return everything[family];
  return rangesOf(prefixes, family);
}

function rangesOf(prefixes: readonly string[], family: Family): Ranges {
  const ranges = prefixes.flatMap((prefix): Ranges => {
    const cidr = cidrOf(prefix);
    return cidr && familyOf(cidr) === family ? rangeOf(cidr) : [];
  });
  return union(ranges, []);
}

/** At most how much of the internet prefixes let in; it is covered only by more than 1 (see `weightOf`). Cheap. */
export function sourceWeight(prefixes: readonly string[], family: Family): number {
  let weight = 0;
  for (const prefix of prefixes) {
    if (everyone.has(prefix.trim().toLowerCase())) return Number.POSITIVE_INFINITY;
    const cidr = cidrOf(prefix);
    if (cidr && familyOf(cidr) === family) weight += weightOf(cidr);
  }
  return weight;
}

/** The addresses that destination prefixes cover; other service tags than the network's own lie outside of it. */
export function destinationRanges(prefixes: readonly string[], family: Family): Ranges {
  if (prefixes.some((prefix) => everywhere.has(prefix.trim().toLowerCase()))) return everything[family];
  return rangesOf(prefixes, family);
}
