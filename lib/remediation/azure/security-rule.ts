import { z } from "zod";
import type { SecurityRule as JudgedRule } from "#lib/inventory/azure/network.kinds.ts";
import { ruleOf } from "#lib/inventory/azure/network-security-groups.ts";

const list = z.array(z.string().max(500)).max(4000).optional();
const text = z.string().max(500).optional();
const groups = z.array(z.object({ id: z.string().min(1) })).optional();

/** A rule of a network security group, with everything that a PUT takes and nothing that Azure adds. */
export const NsgRule = z.object({
  name: z.string().min(1).max(80),
  description: z.string().max(1000).optional(),
  priority: z.int().min(100).max(4096),
  direction: z.enum(["Inbound", "Outbound"]),
  access: z.enum(["Allow", "Deny"]),
  protocol: z.string().min(1).max(20),
  sourceAddressPrefix: text,
  sourceAddressPrefixes: list,
  sourceApplicationSecurityGroups: groups,
  sourcePortRange: text,
  sourcePortRanges: list,
  destinationAddressPrefix: text,
  destinationAddressPrefixes: list,
  destinationApplicationSecurityGroups: groups,
  destinationPortRange: text,
  destinationPortRanges: list,
});
export type NsgRule = z.infer<typeof NsgRule>;

type Answer = Parameters<typeof ruleOf>[0];

/** The rule as Azure answers it, without what is empty, and with its lists in one order. */
export function nsgRuleOf(answer: Answer): NsgRule {
  const kept: [string, unknown][] = Object.keys(NsgRule.shape).flatMap((field): [string, unknown][] => {
    const value: unknown = Reflect.get(answer, field);
    if (value === undefined || value === null || value === "") return [];
    if (field === "access" || field === "direction") return [[field, capitalised(String(value))]];
    if (!Array.isArray(value)) return [[field, value]];
    if (value.length === 0) return [];
    return [[field, field.endsWith("SecurityGroups") ? groupIds(value) : value.map(String).sort()]];
  });
  return NsgRule.parse(Object.fromEntries(kept));
}

const capitalised = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase();

const groupIds = (values: readonly unknown[]): { id: string }[] =>
  values
    .map((value) => ({ id: String(Reflect.get(Object(value), "id")) }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));

export const byPriority = (a: NsgRule, b: NsgRule): number =>
  a.direction === b.direction ? a.priority - b.priority : a.direction < b.direction ? -1 : 1;

/** As checks judge it. */
export const judgedRuleOf = (rule: NsgRule): JudgedRule => ruleOf(rule, false);

/** The rule with other sources: a single one in the field for one, several in the field for several. */
export function withSources(
  { sourceAddressPrefix: _one, sourceAddressPrefixes: _several, ...rule }: NsgRule,
  sources: readonly string[],
): NsgRule {
  const [first] = sources;
  return sources.length === 1 && first !== undefined
    ? { ...rule, sourceAddressPrefix: first }
    : { ...rule, sourceAddressPrefixes: [...sources].sort() };
}

/** The rule with other destination ports. */
export function withPorts(
  { destinationPortRange: _one, destinationPortRanges: _several, ...rule }: NsgRule,
  ports: readonly string[],
): NsgRule {
  const [first] = ports;
  return ports.length === 1 && first !== undefined
    ? { ...rule, destinationPortRange: first }
    : { ...rule, destinationPortRanges: [...ports].sort() };
}
