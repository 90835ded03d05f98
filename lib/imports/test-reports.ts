import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ImportFormat } from "#db/imports/schema.ts";
import { readers } from "./formats.ts";
import type { ReadRow } from "./model.ts";
import { bytesOf } from "./test-imports.ts";

/** Every row that a reader makes of a report, and who it says made it. */
export async function readText(
  format: ImportFormat,
  text: string | Uint8Array,
  pieceLength = 997,
): Promise<{ rows: ReadRow[]; tool: string | null }> {
  let tool: string | null = null;
  const rows: ReadRow[] = [];
  const report = {
    open: () => bytesOf(text, pieceLength),
    named: (name: string) => {
      tool ??= name;
    },
  };
  for await (const row of readers[format](report)) rows.push(row);
  return { rows, tool };
}

export const readSample = (name: string): string =>
  readFileSync(join(import.meta.dirname, "samples", name), "utf8");
