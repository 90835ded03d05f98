import { once } from "node:events";
import type { Writable } from "node:stream";
import type { ScanReport } from "./report.ts";

/** Writes the report as one JSON object, result by result, so that a large one is never one string. */
export async function writeJson(out: Writable, report: ScanReport): Promise<void> {
  const { results, ...head } = report;
  const opening = JSON.stringify(head, null, 2).replace(/\n\}$/, ',\n  "results": [');
  await write(out, opening);
  for (const [index, result] of results.entries()) {
    await write(out, `${index === 0 ? "" : ","}\n    ${JSON.stringify(result)}`);
  }
  await write(out, `${results.length > 0 ? "\n  " : ""}]\n}\n`);
}

async function write(out: Writable, text: string): Promise<void> {
  if (!out.write(text)) await once(out, "drain");
}
