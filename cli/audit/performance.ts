import { Command } from "commander";
import { writeColumns, writeJson } from "../table.ts";
import { withAudit } from "./backend.ts";
import { type RangeOptions, rangeOf, withRangeOptions } from "./options.ts";

const ms = (value: number) => (value < 10 ? value.toFixed(1) : String(Math.round(value)));

export const performanceCommand = (): Command =>
  withRangeOptions(
    new Command("performance").description("tell how long acts take, in milliseconds, and which grew slower"),
  ).action(async (options: RangeOptions) => {
    const range = rangeOf(options);
    const found = await withAudit(options.organisation, (audit) => audit.performance(range));
    if (options.json) {
      writeJson(found);
      return;
    }
    const head = ["times", "min", "mean", "p50", "p95", "p99", "max", "action", ""];
    const rows = found.actions.map((each) => [
      String(each.count),
      ...[each.minMs, each.meanMs, each.p50Ms, each.p95Ms, each.p99Ms, each.maxMs].map(ms),
      each.action,
      warningOf(each.worse, each.baseline?.p95Ms ?? 0),
    ]);
    writeColumns(process.stdout, head, rows);
  });

const warningOf = (worse: number | null, beforeMs: number): string =>
  worse === null ? "" : `${worse} times slower than before (p95 ${ms(beforeMs)})`;
