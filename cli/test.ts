import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { inheritedEnvironment } from "#lib/env.ts";
import { readPlaywrightCounts, readVitestCounts } from "./test/counts.ts";

type Counts = { passed: number; failed: number };

type Stage = {
  name: string;
  /** The program in node_modules/.bin and its arguments, one after the other. */
  commands: string[][];
  variables?: Record<string, string>;
  /** Reads how many tests there were; a stage without tests counts as one. */
  count?: () => Counts | null;
};

const root = resolve(import.meta.dirname, "..");

/** `npm test`: every stage, also after one has failed; the last line sums them up. */
async function main(): Promise<number> {
  const reports = mkdtempSync(join(tmpdir(), "parapet-reports-"));
  const total: Counts = { passed: 0, failed: 0 };
  const failedStages: string[] = [];
  for (const stage of stagesWith(join(reports, "vitest.json"), join(reports, "playwright.json"))) {
    process.stdout.write(`\n── ${stage.name}\n`);
    const isWell = await runStage(stage);
    const counts = stage.count?.() ?? { passed: isWell ? 1 : 0, failed: isWell ? 0 : 1 };
    total.passed += counts.passed;
    // A stage can fail beside its tests, as by an error outside any of them.
    total.failed += isWell ? counts.failed : Math.max(1, counts.failed);
    if (!isWell) failedStages.push(stage.name);
  }
  rmSync(reports, { recursive: true, force: true });
  if (failedStages.length > 0) process.stdout.write(`\nFailed: ${failedStages.join(", ")}\n`);
  process.stdout.write(`\n${total.passed} passed, ${total.failed} failed\n`);
  return total.failed > 0 ? 1 : 0;
}

const stagesWith = (vitestReport: string, playwrightReport: string): Stage[] => [
  { name: "Lint", commands: [["biome", "check", "."], ["oxlint"]] },
  // Next.js writes the types of the routes; they are there before anything was built.
  {
    name: "Types",
    commands: [
      ["next", "typegen"],
      ["tsc", "--noEmit"],
    ],
  },
  {
    name: "Unit, database and sandbox tests",
    commands: [
      ["vitest", "run", "--reporter=default", "--reporter=json", `--outputFile.json=${vitestReport}`],
    ],
    count: () => readVitestCounts(vitestReport),
  },
  {
    name: "Journeys in a browser",
    commands: [["playwright", "test", "--reporter=list,json"]],
    variables: { PLAYWRIGHT_JSON_OUTPUT_FILE: playwrightReport },
    count: () => readPlaywrightCounts(playwrightReport),
  },
];

/** False as soon as one of its commands fails. */
async function runStage({ commands, variables }: Stage): Promise<boolean> {
  for (const [program = "", ...args] of commands) {
    const child = spawn(join(root, "node_modules", ".bin", program), args, {
      cwd: root,
      env: { ...inheritedEnvironment(), NEXT_TELEMETRY_DISABLED: "1", ...variables },
      stdio: "inherit",
    });
    const [code] = await once(child, "exit");
    if (code !== 0) return false;
  }
  return true;
}

process.exit(await main());
