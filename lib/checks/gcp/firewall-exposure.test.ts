import { describe, expect, it } from "vitest";
import { trafficOf } from "./firewall-examples.test-data.ts";
import { type IngressRule, reachOfEveryPort, reachOfPort } from "./firewall-exposure.ts";
import { portsOf } from "./firewall-ports.ts";

const rule = (traffic: string, rest: Partial<IngressRule> = {}): IngressRule => ({
  name: "rule",
  stage: 0,
  priority: 1000,
  traffic: trafficOf(traffic),
  sources: ["0.0.0.0/0"],
  unreadSources: [],
  destinations: [],
  targets: null,
  ...rest,
});
const denial = (traffic: string, rest: Partial<IngressRule> = {}) =>
  rule(traffic, { name: "denial", priority: 900, ...rest });
const ssh = (allowing: IngressRule, ...denials: IngressRule[]) => reachOfPort(allowing, denials, ["tcp"], 22);

describe("the ports of a rule", () => {
  it.each<[traffic: string, protocol: string, ports: [number, number][]]>([
    ["tcp:22", "tcp", [[22, 22]]],
    ["6:22", "tcp", [[22, 22]]],
    ["TCP:22", "tcp", [[22, 22]]],
    ["tcp", "tcp", [[0, 65_535]]],
    ["all", "udp", [[0, 65_535]]],
    [
      "17:53,1000-2000",
      "udp",
      [
        [53, 53],
        [1000, 2000],
      ],
    ],
    [
      "tcp:80 tcp:443",
      "tcp",
      [
        [80, 80],
        [443, 443],
      ],
    ],
    ["udp:22", "tcp", []],
    ["icmp", "tcp", []],
    ["tcp:ssh", "tcp", []],
  ])("%s for %s", (traffic, protocol, ports) => {
    expect(portsOf(trafficOf(traffic), protocol)).toEqual(ports);
  });
});

describe("one port", () => {
  it.each<[what: string, open: boolean, IngressRule, IngressRule[]]>([
    ["everyone", true, rule("tcp:22"), []],
    ["everyone over IPv6", true, rule("tcp:22", { sources: ["::/0"] }), []],
    ["two halves", true, rule("tcp:22", { sources: ["0.0.0.0/1", "128.0.0.0/1"] }), []],
    ["half of everyone", true, rule("tcp:22", { sources: ["128.0.0.0/1"] }), []],
    ["a range", true, rule("tcp:20-25"), []],
    ["another port", false, rule("tcp:23"), []],
    ["another protocol", false, rule("udp:22"), []],
    ["one network", false, rule("tcp:22", { sources: ["203.0.113.0/24"] }), []],
    ["private networks", false, rule("tcp:22", { sources: ["10.0.0.0/8", "192.168.0.0/16"] }), []],
    ["nobody", false, rule("tcp:22", { sources: [] }), []],

    [
      "everyone, to addresses of the other family",
      false,
      rule("tcp:22", { destinations: ["fd20::/20"] }),
      [],
    ],

    ["a denial before it", false, rule("tcp:22"), [denial("tcp:22")]],
    ["a denial of all protocols", false, rule("tcp:22"), [denial("all")]],
    ["a denial by number", false, rule("tcp:22"), [denial("6:1-1023")]],
    ["a denial of equal priority", false, rule("tcp:22"), [denial("all", { priority: 1000 })]],
    ["a denial after it", true, rule("tcp:22"), [denial("all", { priority: 1001 })]],
    [
      "a denial at an earlier stage",
      false,
      rule("tcp:22", { stage: 1 }),
      [denial("all", { priority: 9999 })],
    ],
    ["a denial at a later stage", true, rule("tcp:22"), [denial("all", { stage: 1, priority: 0 })]],
    ["a denial of another port", true, rule("tcp:22"), [denial("tcp:23")]],
    ["a denial of another protocol", true, rule("tcp:22"), [denial("udp")]],

    ["a denial of half", true, rule("tcp:22"), [denial("all", { sources: ["0.0.0.0/1"] })]],
    [
      "denials of both halves",
      false,
      rule("tcp:22"),
      [denial("all", { sources: ["0.0.0.0/1"] }), denial("tcp:22", { sources: ["128.0.0.0/1"] })],
    ],
    [
      "denials of all that is public",
      false,
      rule("tcp:22", { sources: ["8.0.0.0/6"] }),
      [denial("all", { sources: ["8.0.0.0/7", "11.0.0.0/8"] })],
    ],
    ["a denial of the other family", true, rule("tcp:22"), [denial("all", { sources: ["::/0"] })]],
    ["a denial of one family", true, rule("tcp:22", { sources: ["0.0.0.0/0", "::/0"] }), [denial("all")]],

    ["a denial for some", true, rule("tcp:22"), [denial("all", { targets: ["tag:web"] })]],
    [
      "a denial for the same",
      false,
      rule("tcp:22", { targets: ["tag:web"] }),
      [denial("all", { targets: ["tag:web"] })],
    ],
    ["a denial for everyone", false, rule("tcp:22", { targets: ["tag:web"] }), [denial("all")]],
    [
      "a denial for one of two",
      true,
      rule("tcp:22", { targets: ["tag:web", "tag:db"] }),
      [denial("all", { targets: ["tag:web"] })],
    ],
    [
      "a denial for each of two",
      false,
      rule("tcp:22", { targets: ["tag:web", "tag:db"] }),
      [denial("all", { targets: ["tag:web"] }), denial("tcp", { targets: ["tag:db", "tag:x"] })],
    ],
    [
      "a denial for an account",
      true,
      rule("tcp:22", { targets: ["tag:web"] }),
      [denial("all", { targets: ["account:web"] })],
    ],

    ["a denial for some addresses", true, rule("tcp:22"), [denial("all", { destinations: ["10.0.0.0/24"] })]],
    [
      "a denial for its addresses",
      false,
      rule("tcp:22", { destinations: ["10.0.0.0/24"] }),
      [denial("all", { destinations: ["10.0.0.0/8"] })],
    ],
    [
      "denials for parts of its addresses",
      false,
      rule("tcp:22", { destinations: ["10.0.0.0/24"] }),
      [denial("all", { destinations: ["10.0.0.0/25"] }), denial("all", { destinations: ["10.0.0.128/25"] })],
    ],
    [
      "denials for parts of its addresses, each of a half",
      true,
      rule("tcp:22", { destinations: ["10.0.0.0/24"] }),
      [
        denial("all", { destinations: ["10.0.0.0/25"], sources: ["0.0.0.0/1"] }),
        denial("all", { destinations: ["10.0.0.128/25"] }),
      ],
    ],
  ])("%s: open %s", (_, open, allowing, denials) => {
    expect(ssh(allowing, ...denials).status).toBe(open ? "open" : "closed");
  });

  it("says by what, for whom, and in spite of which denials", () => {
    const allowing = rule("tcp:22", {
      sources: ["10.0.0.0/8", "0.0.0.0/0", "::/0"],
      targets: ["tag:web", "tag:db"],
    });
    const denials = [
      denial("all", { sources: ["::/0"] }),
      denial("all", { name: "no db", targets: ["tag:db"] }),
      denial("udp", { name: "no udp" }),
      denial("all", { name: "late", priority: 2000 }),
    ];
    expect(ssh(allowing, ...denials)).toEqual({
      status: "open",
      cidrs: ["0.0.0.0/0"],
      targets: ["tag:web"],
      protocol: "tcp",
      ports: 1,
      shadows: ["denial", "no db"],
    });
  });

  it("does not know what sources mean whose addresses it can't see, unless nobody gets in", () => {
    const allowing = rule("tcp:22", { sources: [], unreadSources: ["address group partners"] });
    expect(ssh(allowing)).toEqual({ status: "unread", sources: ["address group partners"] });
    expect(ssh(allowing, denial("all", { sources: ["0.0.0.0/0", "::/0"] }))).toEqual({ status: "closed" });
    expect(ssh({ ...allowing, sources: ["0.0.0.0/0"] })).toMatchObject({ status: "open" });
  });

  it("asks for every protocol", () => {
    expect(reachOfPort(rule("udp:3389"), [], ["tcp", "udp"], 3389)).toMatchObject({ protocol: "udp" });
  });
});

describe("every port", () => {
  it.each<[traffic: string, open: boolean, denials: string]>([
    ["all", true, ""],
    ["tcp", true, ""],
    ["udp", true, ""],
    ["tcp:0-65535", true, ""],
    ["tcp:1-65535", true, ""],
    ["tcp:1024-65535,0-1023", true, ""],
    ["tcp:0-1023 tcp:1024-65535", true, ""],
    ["tcp:0-65534", false, ""],
    ["icmp", false, ""],
    ["tcp:22", false, ""],
    ["all", true, "tcp:22 udp:3389"],
    ["tcp", true, "tcp:0-32767"],
    ["tcp", false, "tcp:0-32768"],
    ["tcp", false, "tcp:1-442,444-65535"],
    ["all", true, "tcp"],
    ["all", false, "all"],
    ["all", false, "tcp udp"],
  ])("%s is open: %s, with %s denied", (traffic, open, denied) => {
    const found = reachOfEveryPort(rule(traffic), denied ? [denial(denied)] : []);
    expect(found.status).toBe(open ? "open" : "closed");
  });
  it("counts the ports that are left", () => {
    expect(reachOfEveryPort(rule("tcp"), [denial("tcp:22,100-109")])).toMatchObject({
      protocol: "tcp",
      ports: 65_525,
      shadows: ["denial"],
    });
  });
});
