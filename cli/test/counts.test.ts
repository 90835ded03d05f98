import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { readPlaywrightCounts, readVitestCounts } from "./counts.ts";

const folder = mkdtempSync(join(tmpdir(), "parapet-counts-"));
const file = join(folder, "report.json");
afterAll(() => rmSync(folder, { recursive: true }));

it("reads what the reports say", () => {
  expect([readVitestCounts(file), readPlaywrightCounts(file)]).toEqual([null, null]);
  writeFileSync(file, JSON.stringify({ numPassedTests: 7, numFailedTests: 2, numPendingTests: 1 }));
  expect(readVitestCounts(file)).toEqual({ passed: 7, failed: 2 });
  writeFileSync(file, JSON.stringify({ stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 3 } }));
  expect(readPlaywrightCounts(file)).toEqual({ passed: 5, failed: 2 });
});
