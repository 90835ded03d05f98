import { describe, expect, it } from "vitest";
import { dueReports } from "./due-reports.ts";
import { ReportPlan } from "./model.ts";
import { dayThere, momentThere } from "./zoned.ts";

const since = "2026-01-01T00:00:00Z";
const told = (plan: Partial<ReportPlan>, now: string) =>
  dueReports({ ...ReportPlan.parse({}), ...plan }, new Date(now)).map(({ kind, range }) => [
    kind,
    range.from.toISOString(),
    range.to.toISOString(),
  ]);

describe("the reports that are due", () => {
  it("are of whole days as the place counts them, from the hour on that was said", () => {
    const plan = { timeZone: "Europe/Vienna", daily: { hour: 6, since: "2026-11-20T00:00:00Z" } };
    expect(told(plan, "2026-11-21T04:59:59Z")).toEqual([
      ["daily", "2026-11-18T23:00:00.000Z", "2026-11-19T23:00:00.000Z"],
    ]);
    expect(told(plan, "2026-11-21T05:00:00Z")).toEqual([
      ["daily", "2026-11-18T23:00:00.000Z", "2026-11-19T23:00:00.000Z"],
      ["daily", "2026-11-19T23:00:00.000Z", "2026-11-20T23:00:00.000Z"],
    ]);
  });

  it("go back a week at most when no worker ran, and never to before they were wanted", () => {
    const plan = { daily: { hour: 0, since } };
    expect(told(plan, "2026-11-21T12:00:00Z")).toHaveLength(8);
    expect(told({ daily: { hour: 0, since: "2026-11-21T00:00:01Z" } }, "2026-11-21T12:00:00Z")).toEqual([]);
  });

  it("come once a week on the day that was said, of the seven days before", () => {
    const plan = { weekly: { weekday: 1, hour: 7, since } };
    expect(told(plan, "2026-11-22T23:00:00Z")).toEqual([
      ["weekly", "2026-11-09T00:00:00.000Z", "2026-11-16T00:00:00.000Z"],
    ]);
    expect(told(plan, "2026-11-23T07:00:00Z")).toEqual([
      ["weekly", "2026-11-09T00:00:00.000Z", "2026-11-16T00:00:00.000Z"],
      ["weekly", "2026-11-16T00:00:00.000Z", "2026-11-23T00:00:00.000Z"],
    ]);
  });

  it("make a day of 23 or 25 hours where clocks change", () => {
    const hours = (day: { year: number; month: number; day: number }) =>
      (momentThere({ ...day, day: day.day + 1 }, 0, "Europe/Vienna").getTime() -
        momentThere(day, 0, "Europe/Vienna").getTime()) /
      3_600_000;
    expect([
      hours({ year: 2026, month: 3, day: 29 }),
      hours({ year: 2026, month: 7, day: 1 }),
      hours({ year: 2026, month: 10, day: 25 }),
    ]).toEqual([23, 24, 25]);
  });

  it.each([
    ["Pacific/Auckland", "2026-11-21T11:00:00Z", { year: 2026, month: 11, day: 22 }],
    ["America/New_York", "2026-11-21T04:59:00Z", { year: 2026, month: 11, day: 20 }],
    ["Asia/Kathmandu", "2026-11-21T18:15:00Z", { year: 2026, month: 11, day: 22 }],
  ])("know the day of %s", (timeZone, at, day) => {
    expect(dayThere(new Date(at), timeZone)).toEqual(day);
  });
});
