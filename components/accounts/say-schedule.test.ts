import { expect, it } from "vitest";
import { saySchedule } from "./say-schedule.ts";

it.each([
  [null, "Only when asked"],
  ["0 3 * * *", "Every night at 03:00, UTC"],
  ["30 4 * * *", "Every day at 04:30, UTC"],
  ["5 22 * * 7", "Every Sunday at 22:05, UTC"],
  ["0 3 1 * *", "0 3 1 * *, UTC"],
  ["*/5 3 * * *", "*/5 3 * * *, UTC"],
  ["0 3 * * 1-5", "0 3 * * 1-5, UTC"],
])("says %j as %s", (cron, words) => {
  expect(saySchedule(cron, "UTC")).toBe(words);
});
