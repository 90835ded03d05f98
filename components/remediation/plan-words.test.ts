import { expect, test } from "vitest";
import { countOf, listNames, sayLeft } from "./plan-words.ts";
import { sayLocally } from "./say-locally.ts";

test("counts and names as one would say them", () => {
  expect([countOf(1, "resource"), countOf(1_200, "resource")]).toEqual(["1 resource", "1,200 resources"]);
  expect([[], ["a"], ["a", "b"], ["a", "b", "c", "d"]].map((names) => listNames(names))).toEqual([
    "",
    "a",
    "a and b",
    "a, b and 2 more",
  ]);
});

test("says what is left in the unit that fits", () => {
  const now = "2026-03-01T12:00:00.000Z";
  const inMinutes = (minutes: number) => new Date(Date.parse(now) + minutes * 60_000).toISOString();
  expect([0.5, 40, 89, 90, 21 * 60 + 10, 72 * 60].map((left) => sayLeft(inMinutes(left), now))).toEqual([
    "less than a minute",
    "40 min",
    "89 min",
    "2 h",
    "21 h",
    "3 days",
  ]);
});

test("says a moment by the clock of a place, which may be on another day there", () => {
  const at = "2026-03-01T22:30:00.000Z";
  expect(sayLocally(at, "Europe/Berlin")).toBe("Sun 1 Mar, 23:30 (Europe/Berlin)");
  expect(sayLocally(at, "Asia/Tokyo")).toBe("Mon 2 Mar, 07:30 (Asia/Tokyo)");
});
