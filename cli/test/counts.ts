import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";

type Counts = { passed: number; failed: number };

const vitestReport = z.object({ numPassedTests: z.number(), numFailedTests: z.number() });
const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }),
});

/** From Vitest's JSON report; `null` when it wrote none. */
export function readVitestCounts(file: string): Counts | null {
  if (!existsSync(file)) return null;
  const { numPassedTests, numFailedTests } = vitestReport.parse(JSON.parse(readFileSync(file, "utf8")));
  return { passed: numPassedTests, failed: numFailedTests };
}

/** From Playwright's JSON report; `null` when it wrote none. What passed at a second try only is no pass. */
export function readPlaywrightCounts(file: string): Counts | null {
  if (!existsSync(file)) return null;
  const { expected, unexpected, flaky } = playwrightReport.parse(
    JSON.parse(readFileSync(file, "utf8")),
  ).stats;
  return { passed: expected, failed: unexpected + flaky };
}
