import type { Database } from "#db/client.ts";
import { holdImport, type ImportJob, recordProgress } from "../hold-import.ts";
import type { ReadRow } from "../model.ts";
import { decide } from "./decide.ts";
import { lookUp } from "./look-up.ts";
import { writeDecisions } from "./write.ts";

export type Batch = {
  /** Rows of the report that were stored before these. */
  rowsStored: number;
  rows: readonly ReadRow[];
  /** How far the file has been read. */
  bytesRead: number;
  tool: string | null;
};

/**
 * Stores a batch of rows and counts them, all or nothing. Throws ImportSuperseded when another attempt has gone on from
 * where this one was.
 */
export async function storeBatch(db: Database, job: ImportJob, batch: Batch): Promise<void> {
  await db.transaction(async (tx) => {
    const before = await holdImport(tx, job, batch.rowsStored);
    const findings = batch.rows.flatMap(({ finding }) => (finding ? [finding] : []));
    const known = await lookUp(tx, job, findings);
    const decisions = decide(job, batch.rows, known);
    await writeDecisions(tx, job, decisions, before);
    const done = {
      rows: batch.rows.length,
      bytesRead: batch.bytesRead,
      created: decisions.created.length,
      updated: decisions.updated.length,
      resolved: decisions.updated.filter(({ kind }) => kind === "resolve").length,
      unchanged: decisions.unchanged,
      duplicates: decisions.duplicates.length,
      contradicted: decisions.duplicates.filter(({ contradicts }) => contradicts).length,
      rejected: decisions.rejections.length,
    };
    await recordProgress(tx, job, done, batch.tool);
  });
}
