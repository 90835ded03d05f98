import ipaddr from "ipaddr.js";
import { families, sourceRanges } from "#lib/checks/azure/address-prefixes.ts";
import {
  describePorts,
  everyPort,
  joined,
  type PortRange,
  partsOf,
  portRangesOf,
} from "#lib/checks/azure/port-ranges.ts";
import { coversInternet, rangeOf, subtract } from "#lib/checks/ip-ranges.ts";
import { judgedRuleOf, type NsgRule, withPorts, withSources } from "./security-rule.ts";

export type Protocol = "tcp" | "udp";

/** What is taken out of a rule. */
export type Cut = {
  protocol: Protocol;
  ports: readonly PortRange[];
  /** Of the rule's own sources. */
  sources: readonly string[];
};

/**
 * What a cut leaves in place of the sources: CIDRs, of which only those count that the cut sources let in.
 *
 * Those of private space are given where a later rule would refuse what the default rules let in otherwise.
 */
export type Kept = readonly string[];

/** Private space, and the address that a load balancer's probes come from. */
export const privateSources = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "168.63.129.16/32"];

/**
 * The rules that let in exactly what `rule` does, but for the cut: the first keeps its name. None when nothing is left.
 * They are apart from each other, so that their order among themselves is of no account.
 */
export function cutRule(rule: NsgRule, cut: Cut, kept: Kept): NsgRule[] {
  const { destinationPorts, sources, protocol } = judgedRuleOf(rule);
  const own = portRangesOf(destinationPorts);
  const cutPorts = meet(own, cut.ports);
  if (!cutPorts.length) return [rule];
  const otherPorts = without(own, cutPorts);
  const others = sources.filter((source) => !cut.sources.includes(source));
  const stays = kept.filter((cidr) => isLetIn(cidr, cut.sources) && !isLetIn(cidr, others));
  const pieces: NsgRule[] = [];
  if (otherPorts.length) pieces.push(withPorts(rule, describePorts(otherPorts)));
  const atCut = withPorts(rule, describePorts(cutPorts));
  const narrowed = { ...atCut, protocol: protocol === "*" ? named[cut.protocol] : rule.protocol };
  for (const some of groupSources(others, stays)) pieces.push(withSources(narrowed, some));
  if (protocol === "*") {
    pieces.push({ ...atCut, protocol: named[cut.protocol === "tcp" ? "udp" : "tcp"] });
    // Those know no ports: only a rule for every port is about them.
    if (isWhole(own)) for (const other of portless) pieces.push({ ...rule, protocol: other });
  }
  return pieces;
}

const named: Record<Protocol, string> = { tcp: "Tcp", udp: "Udp" };
const portless = ["Icmp", "Esp", "Ah"];

/** Azure takes several prefixes in a rule, but each service tag only by itself. */
function groupSources(sources: readonly string[], added: readonly string[]): string[][] {
  const isTag = (source: string) => !/^[\d.:a-f/]+$/i.test(source) || !/[.:]/.test(source);
  const addresses = [...sources.filter((source) => !isTag(source)), ...added];
  const tags = sources.filter(isTag);
  return [...tags.map((tag) => [tag]), ...(addresses.length ? [[...new Set(addresses)]] : [])];
}

/** Port 0 is not in use, and what is left of a rule for it alone is nothing. */
const without = (own: readonly PortRange[], cut: readonly PortRange[]): PortRange[] =>
  joined(
    partsOf(everyPort, [...own, ...cut]).filter(([from]) => includes(own, from) && !includes(cut, from)),
  ).filter(([, to]) => to > 0);

const meet = (own: readonly PortRange[], cut: readonly PortRange[]): PortRange[] =>
  joined(partsOf(everyPort, [...own, ...cut]).filter(([from]) => includes(own, from) && includes(cut, from)));

const includes = (ranges: readonly PortRange[], port: number): boolean =>
  ranges.some(([from, to]) => from <= port && port <= to);

const isWhole = (own: readonly PortRange[]): boolean => without([everyPort], own).length === 0;

/** Whether sources let in all of a CIDR. `Internet` leaves private space out. */
function isLetIn(cidr: string, sources: readonly string[]): boolean {
  const family = cidr.includes(":") ? "ipv6" : "ipv4";
  const counted = isPrivate(cidr)
    ? sources.filter((source) => source.trim().toLowerCase() !== "internet")
    : sources;
  return subtract(rangeOf(cidr), sourceRanges(counted, family)).length === 0;
}

function isPrivate(cidr: string): boolean {
  const [address = ""] = cidr.split("/");
  return ipaddr.isValid(address) && notOfTheInternet.includes(ipaddr.parse(address).range());
}

const notOfTheInternet = ["private", "uniqueLocal", "carrierGradeNat", "linkLocal", "loopback"];

/** Whether a source by itself lets in so much of the internet that no one network is meant. */
export const isWide = (source: string): boolean =>
  families.some((family) => coversInternet(family, sourceRanges([source], family)));
