import { expect, test } from "vitest";
import { sayDays, sayHours, windowProblems } from "./window-draft.ts";

test("days are said as one would", () => {
  expect([[1, 2, 3, 4, 5], [7, 6], [1, 2, 3, 4, 5, 6, 7], [1, 3, 4, 5, 7], [2]].map(sayDays)).toEqual([
    ...["Mon–Fri", "Sat, Sun", "Every day", "Mon, Wed–Fri, Sun", "Tue"],
  ]);
});

test("hours that pass midnight say so", () => {
  expect([sayHours("08:00", "17:00"), sayHours("22:00", "04:00"), sayHours("06:00", "06:00")]).toEqual([
    ...["08:00–17:00", "22:00–04:00 (next day)", "from 06:00, 24 hours"],
  ]);
});

test("what won't do is said by field", () => {
  const fine = { accountId: null, days: [1], start: "22:00", end: "04:00", timeZone: "Europe/Vienna" };
  expect(windowProblems(fine)).toEqual({});
  expect(windowProblems({ ...fine, days: [], start: "25:00", end: "", timeZone: "Mars/Base" })).toEqual({
    days: "Choose a day.",
    start: "A time such as 22:00.",
    end: "A time such as 04:00.",
    timeZone: "A time zone such as Europe/Vienna.",
  });
});
