import { sql } from "drizzle-orm";
import type { Database, Transaction } from "#db/client.ts";
import { appendAudit } from "#lib/audit/append.ts";
import { Scope } from "#lib/auth/scope.ts";
import { notifyImport } from "./notify.ts";

type Ended = {
  id: string;
  organisationId: string;
  /** Since it was begun; null when it never was. */
  ms: number | null;
  rows: number;
  created: number;
  updated: number;
  resolved: number;
  unchanged: number;
  duplicates: number;
  contradicted: number;
  rejected: number;
};

/** Ends an import that was read to its end. Does nothing when it has ended. */
export const finishImport = (db: Database, importId: string): Promise<void> =>
  db.transaction((tx) => endImport(tx, importId, null));

/** Ends an import that can't be read on; what was stored before stays. Does nothing when it has ended. */
export const failImport = (db: Database, importId: string, reason: string): Promise<void> =>
  db.transaction((tx) => endImport(tx, importId, reason));

async function endImport(tx: Transaction, importId: string, error: string | null): Promise<void> {
  const [ended] = await tx.execute<Ended>(sql`
    update imports set status = ${error === null ? "done" : "failed"}, error = ${error}, finished_at = now(),
      bytes_read = ${error === null ? sql`bytes` : sql`bytes_read`}
    where id = ${importId} and status in ('waiting', 'running')
    returning id, organisation_id as "organisationId", extract(epoch from now() - started_at)::float8 * 1000 as ms, rows, created, updated, resolved, unchanged, duplicates,
      contradicted, rejected
  `);
  if (!ended) return;
  // The file itself is of no use any more.
  await tx.execute(sql`delete from import_pieces where import_id = ${importId}`);
  const { id, organisationId, ms, ...counts } = ended;
  await appendAudit(tx, Scope.ofSystem(organisationId, "imports"), {
    action: "import.finish",
    object: { kind: "import", id },
    result: error === null ? "done" : "failed",
    ...(ms === null ? {} : { durationMs: ms }),
    after: { outcome: error === null ? "done" : "failed", ...counts },
  });
  await notifyImport(tx, organisationId, id);
}
