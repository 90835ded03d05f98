import { Command } from "commander";
import { writeColumns, writeJson } from "../table.ts";
import { withAudit } from "./backend.ts";
import { type RangeOptions, rangeOf, withRangeOptions, withVerbose } from "./options.ts";

export const errorsCommand = (): Command =>
  withRangeOptions(new Command("errors").description("count what was refused or failed, by kind")).action(
    async (given: RangeOptions, self: Command) => {
      const options = withVerbose(given, self);
      const range = rangeOf(options);
      const found = await withAudit(options.organisation, (audit) => audit.errors(range));
      if (options.json) {
        writeJson(found);
        return;
      }
      const rows = found.kinds.map((kind) => [
        ...[String(kind.count), String(kind.before), kind.result, kind.action, kind.reason ?? ""],
        ...[kind.lastAt, ...(options.verbose ? [kind.lastEntryId] : [])],
      ]);
      const head = [
        "times",
        "before",
        "result",
        "action",
        "reason",
        "last",
        ...(options.verbose ? ["entry"] : []),
      ];
      writeColumns(process.stdout, head, rows, [8, 8, 8, 40, 60]);
      process.stderr.write(`${found.total} refused or failed\n`);
    },
  );
