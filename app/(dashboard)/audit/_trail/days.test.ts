import { expect, it } from "vitest";
import { sayDay, timeOfDay } from "./days.ts";

it.each([
  ["2026-11-21", "Today, Saturday 21 November 2026"],
  ["2026-11-20", "Yesterday, Friday 20 November 2026"],
  ["2026-01-01", "Thursday 1 January 2026"],
])("%s is said as %s", (day, said) => {
  expect(sayDay(day, "2026-11-21T10:00:00.000Z")).toBe(said);
});

it("tells the time of day in UTC", () => {
  expect(timeOfDay("2026-11-21T09:03:07.123Z")).toBe("09:03:07");
});
