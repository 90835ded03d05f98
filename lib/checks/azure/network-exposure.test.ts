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
const deny = (priority: number, change: Partial<SecurityRule> = {}) =>
  rule(priority, { access: "deny", ...change });

const defaults = [
  rule(65_000, {
    protocol: "*",
    sources: ["VirtualNetwork"],
    destinations: ["VirtualNetwork"],
    destinationPorts: ["*"],
  }),
  rule(65_001, { protocol: "*", sources: ["AzureLoadBalancer"], destinationPorts: ["*"] }),
  deny(65_500, { protocol: "*", destinationPorts: ["*"] }),
].map((one) => ({ ...one, isDefault: true }));

const ssh = (...rules: SecurityRule[]) => findExposure([...rules, ...defaults], "tcp", [22, 22]).rules;
const closed: number[] = [];

describe("sources", () => {
  it.each([
    ["*"],
    ["Any"],
    ["Internet"],
    ["INTERNET"],
    ["0.0.0.0/0"],
    ["::/0"],
    ["198.51.100.7/0"],
    ["/0"],
    ["64.0.0.0/2"],
    ["10.0.0.0/8", "internet"],
    ["0.0.0.0/1", "128.0.0.0/1"],
    ["8.0.0.0/8", "9.0.0.0/8"],
    ["2000::/3"],
  ])("lets the internet in from %j", (...sources) => {
    expect(ssh(rule(100, { sources }))).toEqual([0]);
  });
  it.each([
    ["10.0.0.0/8"],
    ["203.0.113.9"],
    ["0.0.0.0"],
    ["17.0.0.0/8"],
    ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"],
    ["VirtualNetwork"],
    ["AzureLoadBalancer"],
    ["AzureCloud"],
    ["GatewayManager", "AzureFrontDoor.Backend", "Sql.WestEurope"],
    ["2a01:111:f100::/40"],
    ["not an address"],
  ])("keeps it out with %j", (...sources) => {
    expect(ssh(rule(100, { sources }))).toEqual(closed);
  });
  it("keeps it out where an application security group is the source", () => {
    expect(ssh(rule(100, { sources: [], sourceGroups: ["/asg/web"] }))).toEqual(closed);
  });
  it("adds up what several rules let in", () => {
    expect(ssh(rule(100, { sources: ["0.0.0.0/1"] }), rule(110, { sources: ["128.0.0.0/1"] }))).toEqual([
      0, 1,
    ]);
    expect(ssh(rule(100, { sources: ["8.0.0.0/8"] }), rule(110, { sources: ["9.0.0.0/8"] }))).toEqual([0, 1]);
    expect(ssh(rule(100, { sources: ["8.0.0.0/8"] }), rule(110, { sources: ["8.0.0.0/9"] }))).toEqual(closed);
  });
});

describe("ports and protocols", () => {
  it.each([[["22"]], [["*"]], [["20-25"]], [["80", "443", "0-65535"]], [["22-22", "3389"]]])(
    "opens 22 by %j",
    (destinationPorts) => {
      expect(ssh(rule(100, { destinationPorts }))).toEqual([0]);
    },
  );
  it.each([[["23-65535"]], [["80", "443"]], [["2-2"]], [["220"]], [[]], [["25-20"]], [["22,23"]]])(
    "leaves 22 closed by %j",
    (destinationPorts) => {
      expect(ssh(rule(100, { destinationPorts }))).toEqual(closed);
    },
  );
  it("tells protocols apart", () => {
    expect(ssh(rule(100, { protocol: "*" }))).toEqual([0]);
    for (const protocol of ["udp", "icmp", "esp", "ah"]) expect(ssh(rule(100, { protocol }))).toEqual(closed);
    expect(
      findExposure([rule(100, { protocol: "udp", destinationPorts: ["53", "100-200"] })], "udp"),
    ).toEqual({
      ports: [
        [53, 53],
        [100, 200],
      ],
      rules: [0],
      families: ["ipv4", "ipv6"],
      isWhole: true,
    });
  });
  it("puts ports together over rules and families", () => {
    const rules = [
      rule(100, { destinationPorts: ["0-99"] }),
      rule(110, { destinationPorts: ["100-65535"], sources: ["0.0.0.0/0"] }),
      rule(120, { destinationPorts: ["400-500"], sources: ["::/0"] }),
    ];
    expect(findExposure(rules, "tcp")).toEqual({
      ports: [[0, 65_535]],
      rules: [0, 1, 2],
      families: ["ipv4", "ipv6"],
      isWhole: true,
    });
  });
  it("names the family", () => {
    expect(findExposure([rule(100, { sources: ["::/0"] })], "tcp").families).toEqual(["ipv6"]);
    expect(findExposure([rule(100, { sources: ["0.0.0.0/0"] })], "tcp").families).toEqual(["ipv4"]);
  });
});

describe("priorities", () => {
  it("lets a deny before it shadow an allow, wherever it stands in the list", () => {
    expect(ssh(rule(200), deny(100))).toEqual(closed);
    expect(ssh(rule(100), deny(200))).toEqual([0]);
  });
  it("knows the default deny to come last", () => {
    expect(ssh(rule(4096))).toEqual([0]);
    expect(ssh()).toEqual(closed);
  });
  it.each<[string, Partial<SecurityRule>]>([
    ["protocol", { protocol: "*" }],
    ["ports", { destinationPorts: ["0-1023"] }],
    ["the sources by their tag", { sources: ["Internet"] }],
    ["the sources in halves", { sources: ["0.0.0.0/1", "128.0.0.0/1", "::/0"] }],
    ["destinations by the network's tag", { destinations: ["VirtualNetwork"] }],
    ["destinations by prefix", { destinations: ["0.0.0.0/0", "::/0"] }],
  ])("is closed by a deny as wide in %s", (_, change) => {
    expect(ssh(deny(100, change), rule(200))).toEqual(closed);
  });
  it.each<[string, Partial<SecurityRule>]>([
    ["protocol", { protocol: "udp" }],
    ["ports", { destinationPorts: ["23-1023"] }],
    ["sources", { sources: ["0.0.0.0/1"] }],
    ["sources of one family", { sources: ["0.0.0.0/0"] }],
    ["sources by a service's tag", { sources: ["AzureCloud"] }],
    ["source ports", { sourcePorts: ["1024-65535"] }],
    ["destinations", { destinations: ["10.1.0.0/16"] }],
    ["destination groups", { destinations: [], destinationGroups: ["/asg/web"] }],
  ])("stays open past a deny narrower in %s", (_, change) => {
    expect(ssh(deny(100, change), rule(200))).toEqual([1]);
  });
  it("is closed by denies that only together cover an allow", () => {
    const allow = rule(300, { sources: ["0.0.0.0/0"] });
    const low = deny(100, { sources: ["0.0.0.0/1"] });
    const high = deny(110, { sources: ["128.0.0.0/1"] });
    expect(ssh(low, high, allow)).toEqual(closed);
    expect(ssh(low, allow)).toEqual([1]);
    expect(ssh(low, { ...high, priority: 310 }, allow)).toEqual([2]);
  });
  it("is closed where a deny leaves no more than one network's worth", () => {
    const deny8to = deny(100, { sources: ["0.0.0.0/1", "128.0.0.0/2", "192.0.0.0/3", "::/0"] });
    expect(ssh(deny8to, rule(200))).toEqual(closed);
  });
  it("takes each family for itself", () => {
    const exposure = findExposure([deny(100, { sources: ["0.0.0.0/0"] }), rule(200)], "tcp", [22, 22]);
    expect(exposure).toEqual({ ports: [[22, 22]], rules: [1], families: ["ipv6"], isWhole: true });
  });
  it("closes only the ports that the deny covers", () => {
    const rules = [deny(100, { destinationPorts: ["22", "3389"] }), rule(200, { destinationPorts: ["*"] })];
    expect(findExposure(rules, "tcp")).toEqual({
      ports: [
        [0, 21],
        [23, 3388],
        [3390, 65_535],
      ],
      rules: [1],
      families: ["ipv4", "ipv6"],
      isWhole: true,
    });
  });
});

describe("destinations", () => {
  const web = { destinations: [], destinationGroups: ["/asg/Web"] };
  const db = { destinations: [], destinationGroups: ["/asg/db"] };
  it("opens machines of an application security group", () => {
    expect(ssh(rule(100, web))).toEqual([0]);
  });
  it("compares groups without regard to case", () => {
    expect(ssh(deny(100, { ...web, destinationGroups: ["/ASG/web"] }), rule(200, web))).toEqual(closed);
  });
  it("holds a deny for one group against no other", () => {
    expect(ssh(deny(100, db), rule(200, web))).toEqual([1]);
    expect(ssh(deny(100), rule(200, web))).toEqual(closed);
  });
  it("holds a deny for part of a prefix against that part", () => {
    const whole = { destinations: ["10.0.0.0/8"] };
    expect(ssh(deny(100, { destinations: ["10.0.0.0/9"] }), rule(200, whole))).toEqual([1]);
    expect(ssh(deny(100, { destinations: ["10.0.0.0/9", "10.128.0.0/9"] }), rule(200, whole))).toEqual(
      closed,
    );
    expect(
      ssh(deny(100, { destinations: ["10.0.0.7"] }), rule(200, { destinations: ["10.0.0.7/32"] })),
    ).toEqual(closed);
  });
  it("keeps in mind that halves of the internet for different machines are no whole", () => {
    expect(
      ssh(
        rule(100, { sources: ["8.0.0.0/8"], destinations: ["10.0.0.4"] }),
        rule(110, { sources: ["9.0.0.0/8"], destinations: ["10.0.0.5"] }),
      ),
    ).toEqual(closed);
  });
  it("takes a destination outside of the network for none", () => {
    expect(ssh(rule(100, { destinations: ["Storage"] }))).toEqual(closed);
  });
});

describe("a group made to hold up a scan", () => {
  const many = (change: (n: number) => Partial<SecurityRule>) =>
    Array.from({ length: 1_000 }, (_, n) => rule(100 + n, { destinationPorts: ["*"], ...change(n) }));
  const machine = (n: number) => [`10.0.${n >> 8}.${n & 255}`];

  it("is judged as far as it goes, and said to be unfinished", () => {
    const entangled = many((n) =>
      n % 2
        ? { destinations: machine(n), sources: ["0.0.0.0/2"] }
        : { access: "deny", sources: [`${1 + (n % 200)}.0.0.0/8`], destinationPorts: [`${n}-60000`] },
    );
    expect(findExposure(entangled, "tcp").isWhole).toBe(false);
    const sourcePorts = many((n) => ({
      destinations: machine(n),
      sourcePorts: [`${n}`],
      sources: ["10.0.0.0/8", "9.0.0.0/8"],
    }));
    expect(findExposure(sourcePorts, "tcp")).toEqual({ ports: [], rules: [], families: [], isWhole: false });
  });
  it("is nothing that the largest honest groups come near to", () => {
    const services = many((n) => ({ destinations: machine(n), destinationPorts: ["443", `${8_000 + n}`] }));
    expect(findExposure(services, "tcp", [443, 443])).toMatchObject({ ports: [[443, 443]], isWhole: true });
    const closed = many((n) => ({
      access: n % 2 ? "allow" : "deny",
      destinations: machine(n >> 1),
      destinationPorts: [`${1 + (n >> 1)}-60000`],
    }));
    expect(findExposure(closed, "tcp")).toEqual({ ports: [], rules: [], families: [], isWhole: true });
  });
});
