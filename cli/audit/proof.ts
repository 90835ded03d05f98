import { writeFile } from "node:fs/promises";
import { Command } from "commander";
import { z } from "zod";
import { DomainError } from "#lib/errors.ts";
import { remoteClient } from "../remote/remote.ts";

type Options = { output?: string; organisation?: string };

const epilogue = `
The bundle proves the entry to whoever has the trail's public key and nothing else:
\`parapet audit verify <file> --key <key>\`, or docs/verify-entry.mjs anywhere Node.js runs.`;

export const proofCommand = (): Command =>
  new Command("proof")
    .description("prove one entry: that it is in the trail, as it was sealed")
    .argument("<entry>", "the entry's id, such as ent_…")
    .option("-o, --output <file>", "write the bundle to a file; to standard output when left out")
    .option("--organisation <name>", "the organisation, when there are several")
    .addHelpText("after", epilogue)
    .action(async (entryId: string, { output, organisation }: Options) => {
      const bundle = await prove(entryId, organisation);
      if (output === undefined) process.stdout.write(bundle);
      else {
        await writeFile(output, bundle, { flag: "wx" }).catch((error: unknown) => {
          const reason = error instanceof Error ? error.message : String(error);
          throw new DomainError("conflict", `Nothing was written to ${output}: ${reason}`);
        });
        process.stderr.write(`Written to ${output}.\n`);
      }
    });

async function prove(entryId: string, organisation: string | undefined): Promise<string> {
  const client = remoteClient(organisation);
  if (client) {
    const path = `/audit/entries/${encodeURIComponent(entryId)}/proof`;
    const { bundle } = await client.request("GET", path, { answer: z.object({ bundle: z.string() }) });
    return bundle;
  }
  const [{ withInstallation }, { takeProof }] = await Promise.all([
    import("../installation.ts"),
    import("#lib/audit/proof/take-proof.ts"),
  ]);
  const { bundle } = await withInstallation(organisation, ({ db }, scope) => takeProof(db, scope, entryId));
  return bundle;
}
