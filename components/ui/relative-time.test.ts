import { describe, expect, it } from "vitest";
import { duration, exactTime, relativeTime, shortAge } from "./relative-time.ts";

const now = "2026-01-31T12:00:00.000Z";
const ago = (seconds: number) => new Date(Date.parse(now) - seconds * 1000).toISOString();

describe("times", () => {
  it.each([
    [3, "just now", "now"],
    [59, "59 seconds ago", "now"],
    [61, "1 minute ago", "1 min"],
    [3_600 * 5, "5 hours ago", "5 h"],
    [86_400 * 3, "3 days ago", "3 d"],
    [86_400 * 400, "13 months ago", "400 d"],
    [86_400 * 800, "2 years ago", "2 y"],
  ])("%d s ago", (seconds, long, short) => {
    expect([relativeTime(ago(seconds), now), shortAge(ago(seconds), now)]).toEqual([long, short]);
  });
  it("looks ahead", () => {
    expect(relativeTime(ago(-7_200), now)).toBe("in 2 hours");
  });
  it("is exact on demand", () => {
    expect(exactTime(now)).toBe("31 Jan 2026, 12:00:00 UTC");
  });
  it.each([
    [830, "0.8 s"],
    [42_400, "42 s"],
    [185_000, "3 min 05 s"],
    [4_320_000, "1 h 12 min"],
  ])("%d ms took", (milliseconds, shown) => {
    expect(duration(milliseconds)).toBe(shown);
  });
});
