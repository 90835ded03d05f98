import { Command } from "commander";
import { actOf } from "#components/audit/sentence.ts";
import type { AuditEntryView } from "#db/audit/model.ts";
import { positive } from "../options.ts";
import { printable, writeColumns, writeJson } from "../table.ts";
import { withAudit } from "./backend.ts";
import { type AuditFilterOptions, auditFilterOf, withAuditFilterOptions, withVerbose } from "./options.ts";

type Options = AuditFilterOptions & { limit: number };

export const queryCommand = (): Command =>
  withAuditFilterOptions(new Command("query").description("list entries of the trail, newest first"))
    .option("--json", "print JSON")
    .option("--verbose", "print every fact of each")
    .option("--limit <number>", "entries at most", positive, 100)
    .action(async (given: Options, self: Command) => {
      const options = withVerbose(given, self);
      const filter = auditFilterOf(options);
      const entries = await withAudit(options.organisation, (audit) => audit.list(filter, options.limit));
      if (options.json) writeJson(entries);
      else if (options.verbose) entries.forEach(writeWhole);
      else {
        writeColumns(process.stdout, ["at", "who", "result", "what"], entries.map(cellsOf), [24, 30, 8, 110]);
        const more = entries.length === options.limit ? " (--limit reached)" : "";
        process.stderr.write(`${entries.length} ${entries.length === 1 ? "entry" : "entries"}${more}\n`);
      }
    });

const cellsOf = (entry: AuditEntryView): string[] => [entry.at, entry.actor.name, entry.result, actOf(entry)];

function writeWhole(entry: AuditEntryView): void {
  const facts = [
    ["entry", `${entry.id}${entry.sealed ? "" : " (not sealed yet)"}`],
    ["who", `${entry.actor.name} (${entry.actor.kind} ${entry.actor.id})`],
    ["action", `${entry.action} → ${entry.result}`],
    ["object", `${entry.object.kind} ${entry.object.id}`],
    ["took", entry.durationMs === null ? "" : `${entry.durationMs} ms`],
    ["origin", json(entry.origin)],
    ["before", json(entry.before)],
    ["after", json(entry.after)],
    ["correlation", entry.correlationId],
  ];
  process.stdout.write(`${entry.at}  ${printable(`${entry.actor.name} ${actOf(entry)}`)}\n`);
  for (const [name = "", value = ""] of facts)
    if (value !== "") process.stdout.write(`  ${name.padEnd(11)} ${printable(value)}\n`);
}

const json = (value: Record<string, unknown> | null) => (value === null ? "" : JSON.stringify(value));
