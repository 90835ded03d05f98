import { expect, test } from "vitest";
import { isCron } from "./cron.ts";

test.each(["* * * * *", "0 3 * * *", "*/15 0-6,22 1,15 * 1-5", "59 23 31 12 7"])(
  "%s is a schedule",
  (cron) => {
    expect(isCron(cron)).toBe(true);
  },
);

test.each([
  "",
  "* * * *",
  "* * * * * *",
  "60 * * * *",
  "* 24 * * *",
  "* * 0 * *",
  "* * * 13 *",
  "5-1 * * * *",
  "*/0 * * * *",
  "@daily",
  "a * * * *",
  "1, * * * *",
])("%j is none", (cron) => {
  expect(isCron(cron)).toBe(false);
});
