import { expect, test } from "vitest";
import type { Severity } from "#lib/checks/model.ts";
import { sortFixes } from "./read-fixes.ts";

const fix = (id: string, decide: boolean, severity: Severity | null, expiresAt: string | null) => ({
  id,
  can: { submit: false, decide, run: false, cancel: false, rollBack: false },
  severity,
  expiresAt,
});

test("what can be decided on comes first, then the gravest, then what expires soonest", () => {
  const sorted = sortFixes([
    fix("own", false, "critical", "2026-01-01"),
    fix("none", true, null, "2026-01-01"),
    fix("late", true, "high", "2026-01-03"),
    fix("soon", true, "high", "2026-01-02"),
    fix("grave", true, "critical", "2026-01-04"),
  ]);
  expect(sorted.map(({ id }) => id)).toEqual(["grave", "soon", "late", "none", "own"]);
});
