import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sourceRanges } from "#lib/checks/azure/address-prefixes.ts";
import { findExposure } from "#lib/checks/azure/network-exposure.ts";
import { rangeOf } from "#lib/checks/ip-ranges.ts";
import { narrowRules } from "./nsg-closings.ts";
import { layOut } from "./nsg-layout.ts";
import { judgedRuleOf, type NsgRule, withPorts, withSources } from "./security-rule.ts";

const exceptions = ["203.0.113.0/24", "10.9.0.0/16"];
const sources = [
  "*",
  "Internet",
  "0.0.0.0/0",
  "0.0.0.0/1",
  "128.0.0.0/1",
  "200.0.0.0/7",
  "8.0.0.0/8",
  "9.0.0.0/8",
  "203.0.113.0/24",
  "10.0.0.0/8",
  "192.168.1.0/24",
];
const addresses = ["8.8.8.8", "9.9.9.9", "200.1.1.1", "203.0.113.9", "10.1.1.1", "10.9.1.1", "192.168.1.1"];
const ports = [21, 22, 23, 80, 3389, 5000];

const anyRules: fc.Arbitrary<NsgRule[]> = fc
  .array(
    fc.record({
      access: fc.constantFrom("Allow" as const, "Allow" as const, "Deny" as const),
      protocol: fc.constantFrom("*", "Tcp", "Udp"),
      sources: fc.uniqueArray(fc.constantFrom(...sources), { minLength: 1, maxLength: 4 }),
      ports: fc.uniqueArray(fc.constantFrom("*", "22", "20-25", "80", "3380-3400", "1-4999"), {
        minLength: 1,
        maxLength: 3,
      }),
    }),
    { maxLength: 6 },
  )
  .map((rules) =>
    rules.map((one, index) =>
      withSources(
        withPorts(
          {
            name: `rule-${index}`,
            priority: 100 + index * 50,
            direction: "Inbound" as const,
            access: one.access,
            protocol: one.protocol,
            sourcePortRange: "*",
            destinationAddressPrefix: "*",
          },
          one.ports,
        ),
        one.sources,
      ),
    ),
  );

type Packet = { protocol: "tcp" | "udp" | "icmp"; from: string; port: number };
const packets: Packet[] = (["tcp", "udp", "icmp"] as const).flatMap((protocol) =>
  addresses.flatMap((from) => ports.map((port) => ({ protocol, from, port }))),
);

const isIn = (from: string, prefixes: readonly string[]): boolean => {
  const [[address] = [0n]] = rangeOf(`${from}/32`);
  return sourceRanges(prefixes, "ipv4").some(([first, last]) => first <= address && address <= last);
};
const isPrivate = (from: string) => isIn(from, ["10.0.0.0/8", "192.168.0.0/16"]);

/** Goes through the rules by priority until one matches, then through Azure's own; ICMP knows no ports. */
function isAllowed(rules: readonly NsgRule[], { protocol, from, port }: Packet): boolean {
  for (const rule of [...rules].sort((a, b) => a.priority - b.priority)) {
    const { protocol: own, sources: prefixes, destinationPorts } = judgedRuleOf(rule);
    if (own !== "*" && own !== protocol) continue;
    const matchesPort = destinationPorts.some((text) => {
      if (text === "*") return true;
      const [first = 0, last = first] = text.split("-").map(Number);
      return protocol !== "icmp" && first <= port && port <= last;
    });
    // `Internet` is what lies outside of the network.
    const named = isPrivate(from) ? prefixes.filter((prefix) => prefix !== "Internet") : prefixes;
    if (matchesPort && isIn(from, named)) return rule.access === "Allow";
  }
  return isPrivate(from);
}

describe("a group that was narrowed", () => {
  it("lets in what it did, but for the internet at the ports that are closed", () => {
    fc.assert(
      fc.property(anyRules, fc.constantFrom([], exceptions), (rules, kept) => {
        const narrowing = narrowRules(
          rules,
          ["azure.network.security-group-ssh", "azure.network.security-group-rdp"],
          kept,
        );
        if ("refused" in narrowing) throw new Error(narrowing.refused);
        const layout = layOut(rules, narrowing.narrowed);
        if ("refused" in layout) throw new Error(layout.refused);
        const { after, written, deleted } = layout;

        const judged = after.map(judgedRuleOf);
        for (const [protocol, port] of [
          ["tcp", 22],
          ["tcp", 3389],
          ["udp", 3389],
        ] as const)
          expect(findExposure(judged, protocol, [port, port]).ports).toEqual([]);
        const changed = packets.filter((packet) => isAllowed(rules, packet) !== isAllowed(after, packet));
        for (const packet of changed) {
          expect(isAllowed(rules, packet), JSON.stringify(packet)).toBe(true);
          expect(isPrivate(packet.from) || isIn(packet.from, kept), JSON.stringify(packet)).toBe(false);
          const closed = packet.protocol === "tcp" ? [22, 3389] : [3389];
          expect(closed).toContain(packet.port);
          expect(packet.protocol).not.toBe("icmp");
        }
        expect(new Set(after.map(({ priority }) => priority)).size).toBe(after.length);
        expect(new Set(after.map(({ name }) => name)).size).toBe(after.length);
        expect(after.filter(({ access }) => access === "Deny")).toEqual(
          rules.filter(({ access }) => access === "Deny"),
        );

        // What is left to be done half-way is what was to be done, and leads to the same end.
        let present = [...rules];
        for (const rule of written) {
          present = [...present.filter(({ name }) => name !== rule.name), rule];
          const again = narrowRules(
            [...present].sort((a, b) => a.priority - b.priority),
            ["azure.network.security-group-ssh", "azure.network.security-group-rdp"],
            kept,
          );
          if ("refused" in again) throw new Error(again.refused);
          const rest = layOut(present, again.narrowed);
          if ("refused" in rest) throw new Error(rest.refused);
          expect(rest.after).toEqual(after);
          for (const one of rest.written) expect(written).toContainEqual(one);
          for (const name of rest.deleted) expect(deleted).toContain(name);
        }
      }),
      { numRuns: 100 },
    );
  }, 60_000);
});
