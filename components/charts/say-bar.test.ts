import { describe, expect, it } from "vitest";
import { sayBarLength, sayStretch, sayTick } from "./say-bar.ts";

const hour = 3_600_000;

describe("sayTick", () => {
  it.each([
    ["2026-11-21T10:00:00.000Z", hour, "10:00"],
    ["2026-11-21T00:00:00.000Z", hour, "21 Nov"],
    ["2026-11-21T10:00:00.000Z", 24 * hour, "21 Nov"],
  ])("%s in bars of %d ms is %s", (from, barMs, said) => {
    expect(sayTick(from, barMs)).toBe(said);
  });
});

describe("sayStretch", () => {
  it.each([
    ["2026-11-21T10:00:00.000Z", hour, "Sat, 21 Nov, 10:00 to 11:00 UTC"],
    ["2026-11-21T00:00:00.000Z", 24 * hour, "Sat, 21 Nov"],
    ["2026-11-21T00:00:00.000Z", 7 * 24 * hour, "Sat, 21 Nov to Sat, 28 Nov"],
  ])("%s for %d ms is %s", (from, barMs, said) => {
    expect(sayStretch(from, barMs)).toBe(said);
  });
});

it.each([
  [hour, "an hour"],
  [3 * hour, "3 hours"],
  [15 * 60_000, "15 minutes"],
  [60_000, "a minute"],
  [24 * hour, "a day"],
  [7 * 24 * hour, "7 days"],
])("a bar of %d ms is %s long", (barMs, said) => {
  expect(sayBarLength(barMs)).toBe(said);
});
