import { expect, it } from "vitest";
import { sayDuration } from "./say-duration.ts";

it.each([
  [0, "0.0 ms"],
  [0.42, "0.4 ms"],
  [38.2, "38 ms"],
  [999.4, "999 ms"],
  [2_312, "2.31 s"],
  [42_040, "42.0 s"],
  [185_000, "3 min 05 s"],
  [7_384_000, "2 h 03 min"],
])("%d ms is %s", (milliseconds, said) => {
  expect(sayDuration(milliseconds)).toBe(said);
});
