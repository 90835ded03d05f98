import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { areOpenTogether, intersect, type Ranges, rangeOf, subtract, union } from "./ip-ranges.ts";

describe("rangeOf", () => {
  it("reads both families", () => {
    expect(rangeOf("10.1.2.3/8")).toEqual([[0x0a000000n, 0x0affffffn]]);
    expect(rangeOf("::/0")).toEqual([[0n, (1n << 128n) - 1n]]);
  });
  it.each(["", "10.0.0.0", "10.0.0.0/33", "::/129", "text/8", "10.0.0.0/8/8", "10.0.0.0/-1"])(
    "takes %j for none",
    (cidr) => {
      expect(rangeOf(cidr)).toEqual([]);
    },
  );
});

describe("areOpenTogether", () => {
  const halves = (bits: number) =>
    Array.from({ length: 2 ** bits }, (_, index) => `${(index * 256) / 2 ** bits}.0.0.0/${bits}`);
  it.each<[string, "ipv4" | "ipv6", string[], boolean]>([
    ["everything", "ipv4", ["0.0.0.0/0"], true],
    ["everything", "ipv6", ["::/0"], true],
    ["everything, written out", "ipv6", ["0:0:0:0:0:0:0:0/0"], true],
    ["two halves", "ipv4", halves(1), true],
    ["sixteen parts", "ipv4", halves(4), true],
    ["everything in /8", "ipv4", halves(8), true],
    ["one half", "ipv4", ["128.0.0.0/1"], true],
    [
      "all that is private",
      "ipv4",
      ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"],
      false,
    ],
    ["multicast and reserved space", "ipv4", ["224.0.0.0/3"], false],
    ["a /8 of one holder", "ipv4", ["17.0.0.0/8"], false],
    ["the same /8 twice", "ipv4", ["17.0.0.0/8", "17.0.0.0/8"], false],
    ["a /7 with a private half", "ipv4", ["10.0.0.0/7"], false],
    ["all unicast IPv6", "ipv6", ["2000::/3"], true],
    ["a provider's IPv6", "ipv6", ["2a00::/19"], false],
    ["private IPv6", "ipv6", ["fc00::/7"], false],
    ["nothing", "ipv4", [], false],
  ])("%s (%s)", (_, family, cidrs, expected) => {
    expect(areOpenTogether(family, cidrs)).toBe(expected);
  });
});

it("does set arithmetic", () => {
  const ranges = fc
    .array(fc.tuple(fc.nat(40), fc.nat(10)), { maxLength: 5 })
    .map((all) =>
      all.reduce((sum, [at, size]) => union(sum, [[BigInt(at), BigInt(at + size)]]), [] as Ranges),
    );
  const numbersOf = (all: Ranges) =>
    new Set(
      all.flatMap(([first, last]) =>
        Array.from({ length: Number(last - first) + 1 }, (_, n) => Number(first) + n),
      ),
    );
  fc.assert(
    fc.property(ranges, ranges, (a, b) => {
      expect(numbersOf(union(a, b))).toEqual(new Set([...numbersOf(a), ...numbersOf(b)]));
      expect(numbersOf(subtract(a, b))).toEqual(
        new Set([...numbersOf(a)].filter((n) => !numbersOf(b).has(n))),
      );
      expect(numbersOf(intersect(a, b))).toEqual(
        new Set([...numbersOf(a)].filter((n) => numbersOf(b).has(n))),
      );
    }),
  );
});
