import { describe, expect, it } from "vitest";
import { sayBarLength, sayStretch, sayTick, ticksOf } from "./say-bar.ts";

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
    ["2026-11-21T10:00:00.000Z", hour, "Sat 21 Nov, 10:00 to 11:00 UTC"],
    ["2026-11-21T00:00:00.000Z", 24 * hour, "Sat 21 Nov"],
    ["2026-11-21T00:00:00.000Z", 7 * 24 * hour, "Sat 21 Nov to Sat 28 Nov"],
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

describe("ticksOf", () => {
  const bars = (count: number, barMs: number) =>
    Array.from({ length: count }, (_, at) => ({
      from: new Date(Date.parse("2026-11-14T09:00:00.000Z") + at * barMs).toISOString(),
    }));

  it("names the days of a week", () => {
    expect(ticksOf(bars(56, 3 * hour), 3 * hour).map((tick) => tick.slice(8, 13))).toEqual([
      "15T00",
      "16T00",
      "17T00",
      "18T00",
      "19T00",
      "20T00",
      "21T00",
    ]);
  });

  it("names every third hour of a day", () => {
    expect(ticksOf(bars(48, hour / 2), hour / 2).map((tick) => tick.slice(11, 13))).toEqual([
      "12",
      "15",
      "18",
      "21",
      "00",
      "03",
      "06",
    ]);
  });

  it("names every bar where they are few", () => {
    expect(ticksOf(bars(2, 5 * 60_000), 5 * 60_000)).toHaveLength(2);
  });
});
