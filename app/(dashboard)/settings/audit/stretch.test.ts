import { expect, it } from "vitest";
import { sayStretch, stretchOf, stretchProblem } from "./stretch.ts";

it("takes days for what lies from the beginning of the first to the end of the last", () => {
  expect(stretchOf({ first: "2026-02-28", last: "2026-02-28" })).toEqual({
    from: "2026-02-28T00:00:00.000Z",
    to: "2026-03-01T00:00:00.000Z",
  });
  expect(stretchOf({ first: "", last: "" })).toEqual({ from: null, to: null });
});

it("says what is wrong with them", () => {
  expect(stretchProblem({ first: "2026-02-02", last: "2026-02-01" })).toBe("It ends before it begins.");
  expect(stretchProblem({ first: "2026-13-02", last: "" })).toBe("Say a date.");
  expect(stretchProblem({ first: "2026-02-02", last: "2026-02-02" })).toBeNull();
});

it.each([
  [null, null, "everything"],
  ["2026-01-01T00:00:00.000Z", null, "since Jan 1, 2026"],
  [null, "2026-02-01T00:00:00.000Z", "up to Jan 31, 2026"],
  ["2026-01-01T00:00:00.000Z", "2026-01-02T00:00:00.000Z", "Jan 1, 2026"],
  ["2026-01-01T00:00:00.000Z", "2026-02-01T00:00:00.000Z", "Jan 1, 2026 to Jan 31, 2026"],
])("says %s up to %s as %s", (from, to, said) => {
  expect(sayStretch(from, to)).toBe(said);
});
