import fc from "fast-check";
import { expect, it } from "vitest";
import { type IngressRule, reachOfEveryPort, reachOfPort } from "./firewall-exposure.ts";

/**
 * A small world in which everything can be tried: four senders, each standing for a quarter of all addresses (far more
 * than one holder's), instances in either half of one network or elsewhere, with every set of labels, and a few ports.
 */
const senders = ["0.0.0.0/2", "64.0.0.0/2", "128.0.0.0/2", "192.0.0.0/2"];
const addresses = ["10.0.0.0/25", "10.0.0.128/25"];
const elsewhere = "172.16.0.0/24";
const labels = ["tag:web", "tag:db", "account:a"];
const instances = Array.from({ length: 2 ** labels.length }, (_, set) =>
  labels.filter((_label, at) => set & (1 << at)),
);
const ports = [22, 23, 3389];

/** Which senders, or addresses, a CIDR stands for. */
const holds: Record<string, string[]> = {
  "0.0.0.0/0": [...senders, ...addresses],
  "0.0.0.0/1": senders.slice(0, 2),
  "128.0.0.0/1": senders.slice(2),
  "10.0.0.0/24": addresses,
  "203.0.113.0/24": [],
  ...Object.fromEntries([...senders, ...addresses].map((one) => [one, [one]])),
};
const includes = (cidrs: readonly string[], one: string) => cidrs.some((cidr) => holds[cidr]?.includes(one));

const traffic = fc.record({
  protocol: fc.constantFrom("tcp", "6", "udp", "all"),
  ports: fc.constantFrom<string[]>([], ["22"], ["22-23"], ["3389", "22"], ["0-65535"], ["23-65535"]),
});
const rule: fc.Arbitrary<IngressRule & { action: "allow" | "deny" }> = fc.record({
  name: fc.constant("rule"),
  action: fc.constantFrom("allow", "deny"),
  stage: fc.nat(1),
  priority: fc.nat(2),
  traffic: fc.array(traffic, { minLength: 1, maxLength: 2 }),
  sources: fc.array(fc.constantFrom("0.0.0.0/0", "0.0.0.0/1", "128.0.0.0/1", "203.0.113.0/24", ...senders), {
    maxLength: 2,
  }),
  unreadSources: fc.constant([]),
  destinations: fc.array(fc.constantFrom("10.0.0.0/24", ...addresses), { maxLength: 2 }),
  targets: fc.oneof(fc.constant(null), fc.subarray(labels, { minLength: 1 })),
});

type Packet = { sender: string; address: string; instance: string[]; protocol: string; port: number };

const protocols: Record<string, string[]> = { all: ["tcp", "udp"], "6": ["tcp"] };
const isFor = (one: IngressRule, packet: Packet) =>
  includes(one.sources, packet.sender) &&
  (one.destinations.length === 0 || includes(one.destinations, packet.address)) &&
  (one.targets === null || one.targets.some((label) => packet.instance.includes(label))) &&
  one.traffic.some(
    (part) =>
      (protocols[part.protocol] ?? [part.protocol]).includes(packet.protocol) &&
      (part.ports.length === 0 ||
        part.ports.some((range) => {
          const [from, to = from] = range.split("-").map(Number);
          return from !== undefined && to !== undefined && from <= packet.port && packet.port <= to;
        })),
  );

/** The rule that decides about a packet, as Google Cloud goes through them. */
const decides = <R extends IngressRule & { action: string }>(rules: readonly R[], packet: Packet) =>
  rules
    .toSorted((a, b) => a.stage - b.stage || a.priority - b.priority || (a.action < b.action ? 1 : -1))
    .find((one) => isFor(one, packet));

const packets = (protocol: string, port: number): Packet[] =>
  senders.flatMap((sender) =>
    [...addresses, elsewhere].flatMap((address) =>
      instances.map((instance) => ({ sender, address, instance, protocol, port })),
    ),
  );

const runs = { seed: 7, numRuns: 1500 };

it("finds a port open just when some packet passes all rules", () => {
  fc.assert(
    fc.property(fc.array(rule, { maxLength: 6 }), fc.constantFrom(...ports), (rules, port) => {
      const denials = rules.filter(({ action }) => action === "deny");
      const allowing = rules.filter(({ action }) => action === "allow");
      for (const protocol of ["tcp", "udp"]) {
        const passes = packets(protocol, port).some((packet) => decides(rules, packet)?.action === "allow");
        const open = allowing.filter((one) => reachOfPort(one, denials, [protocol], port).status === "open");
        expect(open.length > 0).toBe(passes);
      }
    }),
    runs,
  );
});

it("blames a rule just when packets get in by it that no denial stops before", () => {
  fc.assert(
    fc.property(rule, fc.array(rule, { maxLength: 5 }), fc.constantFrom(...ports), (one, others, port) => {
      const allowing = { ...one, action: "allow" as const };
      const denials = others.map((other) => ({ ...other, action: "deny" as const }));
      const getIn = packets("tcp", port).filter(
        (packet) => decides([allowing, ...denials], packet) === allowing,
      );
      const found = reachOfPort(allowing, denials, ["tcp"], port);
      expect(found.status).toBe(getIn.length > 0 ? "open" : "closed");
      if (found.status !== "open" || found.targets === null) return;
      // The targets named are those that packets reach on an instance which has nothing else.
      const reached = labels.filter((label) =>
        getIn.some(({ instance }) => instance.length === 1 && instance[0] === label),
      );
      expect(found.targets.toSorted()).toEqual(reached.toSorted());
    }),
    runs,
  );
});

it("counts the ports that are left of every port", () => {
  fc.assert(
    fc.property(fc.array(rule, { maxLength: 4 }), (others) => {
      const allowing: IngressRule & { action: "allow" } = {
        name: "all",
        action: "allow",
        stage: 1,
        priority: 1,
        traffic: [{ protocol: "tcp", ports: [] }],
        sources: ["0.0.0.0/0"],
        unreadSources: [],
        destinations: [],
        targets: null,
      };
      const denials = others.map((other) => ({ ...other, action: "deny" as const }));
      // Between the ports that any rule names, all are alike.
      const spans: [number, number][] = [
        [0, 22],
        [22, 1],
        [23, 1],
        [24, 3365],
        [3389, 1],
        [3390, 62_146],
      ];
      const left = spans
        .filter(([port]) =>
          packets("tcp", port).some((packet) => decides([allowing, ...denials], packet) === allowing),
        )
        .reduce((sum, [, count]) => sum + count, 0);
      const found = reachOfEveryPort(allowing, denials);
      expect(found.status === "open" ? found.ports : 0).toBe(left >= 32_768 ? left : 0);
    }),
    runs,
  );
});
