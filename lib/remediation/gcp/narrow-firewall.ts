import { createHash } from "node:crypto";
import { asIngress, type FirewallRule, inOrder } from "./firewall-state.ts";
import { areOpen, narrowSources, openPortsOf, splitTraffic } from "./open-traffic.ts";

export type Narrowed =
  | { rule: FirewallRule; companion: FirewallRule | null; notes: string[] }
  | { nothing: string }
  | { refused: string };

/**
 * A rule without what it opens to the internet. Where only some of its ports offend, and for them some of its sources may
 * stay, those go to a companion rule that is otherwise the same.
 */
export function narrowFirewall(rule: FirewallRule, exceptions: readonly string[]): Narrowed {
  if (rule.direction !== "INGRESS" || rule.allowed.length === 0)
    return { nothing: "The rule lets nothing in." };
  if (rule.disabled) return { nothing: "The rule is switched off." };
  const ingress = asIngress(rule);
  const open = openPortsOf(ingress);
  if (open.size === 0) {
    return { nothing: "The rule opens neither SSH nor Remote Desktop nor every port to the internet." };
  }
  const { safe, offending } = splitTraffic(rule.allowed, open);
  const { kept, removed } = narrowSources(ingress.sources, exceptions);
  if (areOpen(kept)) {
    return { refused: "The exceptions, taken together, are the internet themselves." };
  }
  const notes = [
    `Connections to ${sayTraffic(offending)} from ${removed.join(" and ")} are turned away from then on.`,
  ];
  const back = kept.filter((cidr) => !rule.sourceRanges.includes(cidr));
  if (back.length > 0) notes.push(`Kept as exceptions: ${back.join(", ")}.`);
  if (offending.some(({ IPProtocol }) => IPProtocol === "all") && safe.length === 0) {
    notes.push("The rule is about every protocol, so ICMP and tunnels from there are turned away as well.");
  }

  const hasSource = kept.length + rule.sourceTags.length + rule.sourceServiceAccounts.length > 0;
  if (!hasSource && safe.length === 0) {
    notes.push("Nothing of the rule is left, so it is switched off and stays where it is.");
    return { rule: { ...rule, disabled: true }, companion: null, notes };
  }
  if (safe.length === 0) return { rule: { ...rule, sourceRanges: kept }, companion: null, notes };
  const narrowed = { ...rule, allowed: inOrder(safe) };
  if (!hasSource) return { rule: narrowed, companion: null, notes };
  const companion = {
    ...rule,
    name: companionName(rule.name),
    allowed: inOrder(offending),
    sourceRanges: kept,
  };
  notes.push(`What other sources reach stays reachable, through the new rule ${companion.name}.`);
  return { rule: narrowed, companion, notes };
}

/** What a rule's companion is called; names have 63 characters at most. */
export function companionName(rule: string): string {
  const name = `${rule}-kept`;
  if (name.length <= 63) return name;
  return `${rule.slice(0, 48)}-${createHash("sha256").update(rule).digest("hex").slice(0, 8)}-kept`;
}

const sayTraffic = (traffic: FirewallRule["allowed"]): string =>
  traffic
    .map(({ IPProtocol, ports }) => (ports.length > 0 ? `${IPProtocol}:${ports.join(",")}` : IPProtocol))
    .join(" and ");
