import { expect, it } from "vitest";
import { momentOf } from "./moment-of.ts";

const now = Date.parse("2030-01-01T12:00:00Z");

it.for([
  ["30d", "2030-01-31T12:00:00.000Z"],
  ["2030-02-28", "2030-02-28T23:59:59.999Z"],
  ["2030-02-28T10:00:00+02:00", "2030-02-28T08:00:00.000Z"],
] as const)("%s means %s", ([word, moment]) => {
  expect(momentOf(word, now)).toBe(moment);
});

it.for(["tomorrow", "2030-13-01", "-1d", "2030-02-28T10:00", ""])("%j is no date", (word) => {
  expect(() => momentOf(word, now)).toThrow("is no date");
});
