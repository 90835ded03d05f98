import { Command } from "commander";
import type { ResultCounts } from "#db/audit/model.ts";
import { writeColumns, writeJson } from "../table.ts";
import { withAudit } from "./backend.ts";
import { type RangeOptions, rangeOf, withRangeOptions, withVerbose } from "./options.ts";

const counted = ({ done, refused, failed }: ResultCounts): string[] =>
  [done + refused + failed, refused, failed].map(String);
const head = ["entries", "refused", "failed"];

/** How many rows a list has without --verbose. */
const shortList = 15;

export const statsCommand = (): Command =>
  withRangeOptions(
    new Command("stats").description("count what happened, by action and by who did it"),
  ).action(async (given: RangeOptions, self: Command) => {
    const options = withVerbose(given, self);
    const range = rangeOf(options);
    const found = await withAudit(options.organisation, (audit) => audit.statistics(range));
    if (options.json) {
      writeJson(found);
      return;
    }
    const most = options.verbose ? Number.POSITIVE_INFINITY : shortList;
    const out = process.stdout;
    out.write(`${found.from} to ${found.to}\n\n`);
    writeColumns(
      out,
      [...head, ""],
      [
        [...counted(found.total), "altogether"],
        [...counted(found.before), "in the same time before"],
      ],
    );
    out.write("\n");
    writeColumns(
      out,
      [...head, "action"],
      found.actions.slice(0, most).map(({ action, counts }) => [...counted(counts), action]),
    );
    out.write("\n");
    writeColumns(
      out,
      [...head, "who"],
      found.actors.slice(0, most).map(({ actor, counts }) => [...counted(counts), actor.name]),
    );
    if (found.countedTo !== null) process.stderr.write(`Counted to ${found.countedTo}.\n`);
  });
