import { once } from "node:events";
import { createWriteStream } from "node:fs";
import type { Writable } from "node:stream";
import { finished } from "node:stream/promises";
import { Command } from "commander";
import { type ExportFormat, exportFormats } from "#lib/audit/export/formats.ts";
import { readExport } from "#lib/audit/export/read-export.ts";
import { startExport } from "#lib/audit/export/start-export.ts";
import type { AuditFilter } from "#lib/audit/filter.ts";
import { withInstallation } from "../installation.ts";
import { oneOf } from "../options.ts";
import { auditQueryOf } from "../remote/audit.ts";
import { remoteClient } from "../remote/remote.ts";
import { type AuditFilterOptions, auditFilterOf, withAuditFilterOptions } from "./options.ts";

type Options = Omit<AuditFilterOptions, "json" | "verbose"> & {
  format: ExportFormat;
  out?: string;
  personal?: boolean;
};

const epilogue = `
csv is a table with the newest entry first. json is a proof bundle, in lines of JSON, of what the newest checkpoint covers:
\`parapet audit verify --bundle\` and docs/verify-entry.mjs check it with nothing but the public key. That something was
taken away is on the trail.`;

export const exportCommand = (): Command =>
  withAuditFilterOptions(
    new Command("export").description("take entries away, as a table or with their proof"),
    "30d",
  )
    .option("--format <name>", exportFormats.join(" or "), oneOf(exportFormats), "csv")
    .option("--out <file>", "the file to write, which must not be there yet; standard output when left out")
    .option("--personal", "tell personal data, which otherwise stays apart")
    .addHelpText("after", epilogue)
    .action(async (options: Options) => {
      const filter = auditFilterOf(options);
      const out =
        options.out === undefined
          ? process.stdout
          : createWriteStream(options.out, { flags: "wx", mode: 0o600 });
      if (options.out !== undefined) await once(out, "open");
      const bytes = await writeExport(out, options, filter);
      if (options.out !== undefined) {
        out.end();
        await finished(out);
        process.stderr.write(`${bytes} bytes in ${options.out}\n`);
      }
    });

async function writeExport(out: Writable, options: Options, filter: AuditFilter): Promise<number> {
  const { format, personal = false } = options;
  const client = remoteClient(options.organisation);
  if (client) {
    const body = { format, personal, filter: auditQueryOf(filter) };
    return pour(await client.download("POST", "/audit/exports", body), out);
  }
  return withInstallation(options.organisation, async ({ db }, scope) => {
    const made = await startExport(db, scope, { format, personal, filter });
    return pour(readExport(db, scope, made), out);
  });
}

/** Writes pieces as fast as they are taken. Returns how many bytes they were. */
async function pour(pieces: AsyncIterable<string | Uint8Array>, out: Writable): Promise<number> {
  let bytes = 0;
  for await (const piece of pieces) {
    bytes += Buffer.byteLength(piece);
    if (!out.write(piece)) await once(out, "drain");
  }
  return bytes;
}
