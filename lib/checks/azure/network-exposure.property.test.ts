import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SecurityRule } from "#lib/inventory/azure/network.kinds.ts";
import { findExposure } from "./network-exposure.ts";

const rule = (priority: number, change: Partial<SecurityRule> = {}): SecurityRule => ({
  name: `rule-${priority}`,
  priority,
  access: "allow",
  protocol: "tcp",
  sources: ["*"],
  sourceGroups: [],
  sourcePorts: ["*"],
  destinations: ["*"],
  destinationGroups: [],
  destinationPorts: ["22"],
  isDefault: false,
  ...change,
});

/** Decides packet by packet, the way the documentation tells it: go through the rules by priority until one matches. */
describe("against packets tried one by one", () => {
  const octets = {
    "*": [0, 255],
    Internet: [0, 255],
    "0.0.0.0/0": [0, 255],
    "0.0.0.0/1": [0, 127],
    "128.0.0.0/1": [128, 255],
    "64.0.0.0/2": [64, 127],
    "8.0.0.0/8": [8, 8],
    "9.0.0.0/8": [9, 9],
    "10.0.0.0/8": [10, 10],
    "192.0.0.0/3": [192, 223],
  } as const;
  const highBytes = {
    "*": [0, 255],
    Internet: [0, 255],
    "::/0": [0, 255],
    "2000::/3": [0x20, 0x3f],
    "2000::/4": [0x20, 0x2f],
    "3000::/4": [0x30, 0x3f],
    "2a00::/8": [0x2a, 0x2a],
    "fc00::/7": [0xfc, 0xfd],
  } as const;
  const sources = [
    ...new Set([...Object.keys(octets), ...Object.keys(highBytes)]),
    "VirtualNetwork",
    "AzureLoadBalancer",
  ];
  const destinations = {
    "*": [0, 9],
    VirtualNetwork: [0, 9],
    "0.0.0.4/31": [4, 5],
    "0.0.0.4": [4, 4],
    "0.0.0.0/29": [0, 7],
    "::4/127": [4, 5],
    "::/125": [0, 7],
  } as const;
  const groups = ["/asg/a", "/asg/b"];
  const portTexts = ["*", "22", "20-24", "23-26", "0-65535", "21"];
  const ports = [19, 20, 21, 22, 23, 24, 25, 26, 27];

  type To = Pick<SecurityRule, "destinations" | "destinationGroups">;
  const anyRule = fc
    .record({
      access: fc.constantFrom("allow" as const, "deny" as const),
      protocol: fc.constantFrom("*", "tcp", "udp"),
      sources: fc.array(fc.constantFrom(...sources), { minLength: 1, maxLength: 3 }),
      sourcePorts: fc.constantFrom<string[][]>(["*"], ["*"], ["*"], ["1-100"], ["101-65535", "0"]),
      to: fc.oneof(
        { weight: 4, arbitrary: fc.constant<To>({ destinations: ["*"], destinationGroups: [] }) },
        fc
          .array(fc.constantFrom(...Object.keys(destinations)), { minLength: 1, maxLength: 2 })
          .map((list) => ({ destinations: list, destinationGroups: [] as string[] })),
        fc
          .subarray(groups, { minLength: 1 })
          .map((list) => ({ destinations: [] as string[], destinationGroups: list })),
      ),
      destinationPorts: fc.array(fc.constantFrom(...portTexts), { minLength: 1, maxLength: 2 }),
    })
    .map(({ to, ...one }) => ({ ...one, ...to }));
  const anyRules = fc.array(anyRule, { maxLength: 6 }).chain((rules) =>
    fc
      .shuffledSubarray([100, 200, 300, 400, 500, 600], {
        minLength: rules.length,
        maxLength: rules.length,
      })
      .map((priorities) => rules.map((one, index) => rule(priorities[index] ?? 0, one))),
  );

  type Packet = {
    protocol: string;
    sourcePort: number;
    host: number;
    group: string | null;
    port: number;
  };

  const within = (texts: readonly string[], value: number) =>
    texts.some((text) => {
      if (text === "*") return true;
      const [from = 0, to = from] = text.split("-").map(Number);
      return from <= value && value <= to;
    });
  const covers = (
    table: Readonly<Record<string, readonly [number, number]>>,
    names: readonly string[],
    value: number,
  ) =>
    names.some((name) => {
      const range = table[name];
      return range && range[0] <= value && value <= range[1];
    });
  const destinationsOf = (is: (name: string) => boolean) =>
    Object.fromEntries(Object.entries(destinations).filter(([name]) => is(name)));
  const ofFamily = {
    ipv4: destinationsOf((name) => !name.includes(":")),
    ipv6: destinationsOf((name) => !name.includes(".")),
  };

  /** The rules that match a packet but for its source, the first that counts at the front. */
  function rulesFor(rules: readonly SecurityRule[], family: "ipv4" | "ipv6", packet: Packet): SecurityRule[] {
    return rules
      .filter(
        (one) =>
          (one.protocol === "*" || one.protocol === packet.protocol) &&
          within(one.sourcePorts, packet.sourcePort) &&
          within(one.destinationPorts, packet.port) &&
          (covers(ofFamily[family], one.destinations, packet.host) ||
            one.destinationGroups.some((group) => group === packet.group)),
      )
      .sort((a, b) => a.priority - b.priority);
  }

  /** Public addresses of IPv4, by first octet, in shares of a /8. */
  const publicShare = (octet: number) => {
    if (octet === 0 || octet === 10 || octet === 127 || octet >= 224) return 0;
    const taken: Record<number, number> = {
      100: 1 / 4,
      169: 1 / 256,
      172: 1 / 16,
      192: 1 / 256,
      198: 1 / 128,
    };
    return 1 - (taken[octet] ?? 0);
  };
  function isOpenTo(packet: Packet, rules: readonly SecurityRule[], family: "ipv4" | "ipv6"): boolean {
    const table = family === "ipv4" ? octets : highBytes;
    const matching = rulesFor(rules, family, packet);
    if (!matching.some(({ access }) => access === "allow")) return false;
    let share = 0;
    for (let byte = 0; byte < 256; byte += 1) {
      const first = matching.find((one) => covers(table, one.sources, byte));
      if (first?.access !== "allow") continue;
      // A /8 of IPv6 is already far more than the /16 that one network may be.
      share += family === "ipv4" ? publicShare(byte) : byte >= 0x20 && byte <= 0x3f ? 2 : 0;
    }
    return share > 1;
  }
  const isOpen = (rules: readonly SecurityRule[], protocol: string, port: number, family: "ipv4" | "ipv6") =>
    [50, 30_000].some((sourcePort) =>
      [0, 4, 5, 6, 9].some((host) =>
        [null, ...groups].some((group) =>
          isOpenTo({ protocol, sourcePort, host, group, port }, rules, family),
        ),
      ),
    );

  it("comes to the same", { timeout: 120_000 }, () => {
    let opened = 0;
    fc.assert(
      fc.property(anyRules, fc.constantFrom("tcp" as const, "udp" as const), (rules, protocol) => {
        const found = findExposure(rules, protocol, [19, 27]);
        const expected = ports.filter((port) =>
          (["ipv4", "ipv6"] as const).some((family) => isOpen(rules, protocol, port, family)),
        );
        const open = ports.filter((port) => found.ports.some(([from, to]) => from <= port && port <= to));
        expect(open).toEqual(expected);
        expect(found.rules.length > 0).toBe(expected.length > 0);
        for (const index of found.rules) expect(rules[index]?.access).toBe("allow");
        if (open.length) opened += 1;
      }),
      { seed: 11, numRuns: 2_000 },
    );
    expect(opened).toBeGreaterThan(400);
    expect(opened).toBeLessThan(1_600);
  });

  it("opens nothing more when a deny comes first, and nothing less when an allow does", {
    timeout: 60_000,
  }, () => {
    fc.assert(
      fc.property(anyRules, anyRule, (rules, extra) => {
        const count = (list: SecurityRule[]) =>
          findExposure(list, "tcp", [19, 27]).ports.reduce((sum, [from, to]) => sum + to - from + 1, 0);
        const before = count(rules);
        const after = count([...rules, rule(99, extra)]);
        if (extra.access === "deny") expect(after).toBeLessThanOrEqual(before);
        else expect(after).toBeGreaterThanOrEqual(before);
      }),
      { seed: 11, numRuns: 2_000 },
    );
  });
});
