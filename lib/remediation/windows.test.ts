import { describe, expect, it } from "vitest";
import { isOpen, nextOpening, type Window } from "./windows.ts";

const workdays: Window = { days: [1, 2, 3, 4, 5], start: "09:00", end: "17:00", timeZone: "Europe/Vienna" };
const nights: Window = { days: [5], start: "22:00", end: "04:00", timeZone: "America/New_York" };
const allDay: Window = { days: [6], start: "00:00", end: "00:00", timeZone: "Asia/Kolkata" };
const at = (text: string) => new Date(text);

describe("a change window", () => {
  it.each([
    ["nothing set, always", [], "2026-01-01T00:00:00Z", true],
    ["a Monday morning in winter", [workdays], "2026-01-05T08:00:00Z", true],
    ["the minute before", [workdays], "2026-01-05T07:59:59Z", false],
    ["the end is out", [workdays], "2026-01-05T16:00:00Z", false],
    ["a Monday morning in summer", [workdays], "2026-07-06T07:00:00Z", true],
    ["a Sunday", [workdays], "2026-01-04T10:00:00Z", false],
    ["Friday night in New York", [nights], "2026-01-10T03:00:00Z", true],
    ["its other side, on Saturday", [nights], "2026-01-10T08:59:00Z", true],
    ["after that", [nights], "2026-01-10T09:00:00Z", false],
    ["Saturday night, which isn't it", [nights], "2026-01-11T03:30:00Z", false],
    ["all of Saturday in India, which begins on Friday in UTC", [allDay], "2026-01-09T18:30:00Z", true],
    ["and ends on Saturday in UTC", [allDay], "2026-01-10T18:29:00Z", true],
    ["not a minute later", [allDay], "2026-01-10T18:30:00Z", false],
    ["one of two", [workdays, nights], "2026-01-10T03:00:00Z", true],
  ] as const)("%s", (_, windows, moment, open) => {
    expect(isOpen(windows, at(moment))).toBe(open);
  });

  it.each([
    ["now, when one place is open", [[workdays], []], "2026-01-04T10:00:00Z", "2026-01-04T10:00:00.000Z"],
    ["on Monday, from Friday evening", [[workdays]], "2026-01-09T17:30:00Z", "2026-01-12T08:00:00.000Z"],
    ["later the same day", [[workdays]], "2026-01-05T03:12:34Z", "2026-01-05T08:00:00.000Z"],
    ["the first of several places", [[nights], [allDay]], "2026-01-05T00:00:00Z", "2026-01-09T18:30:00.000Z"],
    // In Vienna clocks go from 02:00 to 03:00 on 29 March 2026.
    [
      "after the hour that is left out",
      [[{ days: [7], start: "02:30", end: "05:00", timeZone: "Europe/Vienna" }]],
      "2026-03-28T12:00:00Z",
      "2026-03-29T01:00:00.000Z",
    ],
    [
      "by summer time, asked in winter",
      [[{ days: [7], start: "09:00", end: "10:00", timeZone: "Europe/Vienna" }]],
      "2026-03-28T23:00:00Z",
      "2026-03-29T07:00:00.000Z",
    ],
    ["never", [[{ days: [], start: "09:00", end: "10:00", timeZone: "UTC" }]], "2026-01-01T00:00:00Z", null],
  ] as const)("opens %s", (_, places, from, opening) => {
    expect(nextOpening(places, at(from))?.toISOString() ?? null).toBe(opening);
  });
});
