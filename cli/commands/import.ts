import { access, constants } from "node:fs/promises";
import { basename } from "node:path";
import { Command } from "commander";
import type { ImportView } from "#db/imports/model.ts";
import type { ImportFormat } from "#db/imports/schema.ts";
import { DomainError } from "#lib/errors.ts";
import { withImports } from "../imports/backend.ts";
import { oneOf } from "../options.ts";
import { printable } from "../table.ts";

type Options = { format?: ImportFormat; account?: string; organisation?: string; output: "table" | "json" };

/** By what people call them. */
const formats: Readonly<Record<string, ImportFormat>> = {
  "prowler-ocsf": "prowler_ocsf",
  "prowler-csv": "prowler_csv",
  asff: "asff",
  sarif: "sarif",
};

const epilogue = `
The format is told by the content when it isn't named. A file may be gzip'd. SARIF names no account, so one has to be
given. It ends with status 1 when the file could not be read to its end, and with 2 when rows were rejected.`;

export const command = () =>
  new Command("import")
    .description("import findings of another tool: Prowler, AWS Security Hub (ASFF) or SARIF")
    .argument("<file>", "the report")
    .option(
      "--format <name>",
      Object.keys(formats).join(", "),
      (word: string) => formats[oneOf(Object.keys(formats))(word)],
    )
    .option("--account <account>", "the account that rows are about that name none: its id or name")
    .option("--organisation <name>", "the organisation, when there are several")
    .option("--output <name>", "table or json", oneOf(["table", "json"]), "table")
    .addHelpText("after", epilogue)
    .action(async (path: string, options: Options) => {
      await requireFile(path);
      const stop = new AbortController();
      const interrupt = () => stop.abort(new DomainError("conflict", "Interrupted."));
      process.once("SIGINT", interrupt);
      try {
        const { format, account, organisation } = options;
        const done = await withImports(organisation, (imports) =>
          imports.run({ path, fileName: basename(path), format, account }, stop.signal),
        );
        process.stdout.write(
          options.output === "json" ? `${JSON.stringify(done, null, 2)}\n` : sayOutcome(done),
        );
        if (done.status === "failed") process.exitCode = 1;
        else if (done.counts.rejected > 0) process.exitCode = 2;
      } finally {
        process.off("SIGINT", interrupt);
      }
    });

async function requireFile(path: string): Promise<void> {
  try {
    await access(path, constants.R_OK);
  } catch (cause) {
    throw new DomainError("not_found", `There is no file ${path} that can be read.`, { cause });
  }
}

function sayOutcome({ id, counts, error }: ImportView): string {
  const lines: [number, string][] = [
    [counts.rows, "rows"],
    [counts.created, "new findings"],
    [counts.updated, `changed, ${counts.resolved} of them resolved`],
    [counts.unchanged, "as they were"],
    [counts.duplicates, `judged by Parapet itself, ${counts.contradicted} of them otherwise`],
    [counts.rejected, "rejected"],
  ];
  const width = Math.max(...lines.map(([n]) => String(n).length));
  const told = lines.map(([n, words]) => `${String(n).padStart(width)}  ${words}`);
  return `${[...told, ...(error ? [printable(error)] : []), `More at /imports/${id}`].join("\n")}\n`;
}
