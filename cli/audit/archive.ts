import { Command } from "commander";
import { z } from "zod";
import { archiveNow } from "#lib/audit/archive/archive-now.ts";
import { sinceOf } from "#lib/audit/filter.ts";
import { withInstallation } from "../installation.ts";
import { remoteClient } from "../remote/remote.ts";
import { writeColumns, writeJson } from "../table.ts";

type Options = { since?: string; until?: string; organisation?: string; json?: boolean };

const epilogue = `
What is archived stays in the database until the organisation's policy lets go of it. Where this runs on the database, the
files are written at once, read back and verified; through PARAPET_URL a worker of the server writes them.`;

export const archiveCommand = (): Command =>
  new Command("archive")
    .description("write entries to archive files with their proofs, now")
    .option(
      "--since <time>",
      "from so long ago (24h, 7d, 1w), a day or a moment on; everything when left out",
    )
    .option("--until <time>", "before so long ago, a day or a moment; now when left out")
    .option("--organisation <name>", "the organisation, when there are several")
    .option("--json", "print JSON")
    .addHelpText("after", epilogue)
    .action(async (options: Options) => {
      const at = (text: string | undefined) => (text === undefined ? null : sinceOf(text).toISOString());
      const wish = { from: at(options.since), to: at(options.until) };
      const client = remoteClient(options.organisation);
      if (client) {
        const answer = z.object({ queued: z.literal(true) });
        const queued = await client.request("POST", "/audit/archives", { body: wish, answer });
        if (options.json) writeJson(queued);
        else process.stdout.write("A worker of the server writes the archive.\n");
        return;
      }
      const archives = await withInstallation(options.organisation, ({ db }, scope) =>
        archiveNow(db, scope, wish),
      );
      if (options.json) {
        writeJson(archives);
        return;
      }
      const rows = archives.map((each) => [
        ...[String(each.entries), `${each.first} to ${each.last}`, String(each.size), each.file, each.sha256],
      ]);
      writeColumns(process.stdout, ["entries", "positions", "bytes", "file", "sha-256"], rows);
      process.stderr.write(`${archives.length} ${archives.length === 1 ? "file" : "files"}\n`);
    });
