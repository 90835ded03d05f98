import { and, eq } from "drizzle-orm";
import postgres from "postgres";
import type { Database } from "#db/client.ts";
import { importPieces } from "#db/imports/schema.ts";
import { failImport, finishImport } from "./finish-import.ts";
import { readers } from "./formats.ts";
import { claimImport, type ImportJob, ImportSuperseded } from "./hold-import.ts";
import { type ReadRow, ReportError } from "./model.ts";
import { storeBatch } from "./store/store-batch.ts";

/** Rows stored in one transaction. */
const batchRows = 1_000;
/** Tries of a batch beyond the first, when another transaction and this one waited for each other. */
const deadlockRetries = 3;

/**
 * Reads an uploaded report and stores what it says, a batch at a time. Safe to repeat: it goes on after the rows that an
 * earlier attempt has stored. Does nothing when the import has ended.
 */
export async function performImport(db: Database, importId: string, signal: AbortSignal): Promise<void> {
  const claim = await claimImport(db, importId);
  if (!claim) return;
  if (claim.isRefused) {
    await failImport(
      db,
      importId,
      "Who asked for it has been disabled since, or may import no more; nothing more was imported.",
    );
    return;
  }
  try {
    await readReport(db, claim.job, signal);
  } catch (error) {
    if (error instanceof ImportSuperseded) return;
    if (!(error instanceof ReportError)) throw error;
    await failImport(db, importId, `${error.message} The rows before that were taken.`);
    return;
  }
  await finishImport(db, importId);
}

/** Stores rows until the report ends. Throws ReportError where it breaks, with what stood before it stored. */
async function readReport(db: Database, job: ImportJob, signal: AbortSignal): Promise<void> {
  const at = { bytes: 0, tool: null as string | null };
  const rows = readers[job.format]({
    open: () => openPieces(db, job.id, signal, at),
    named: (tool) => {
      at.tool ??= tool;
    },
  });
  let stored = job.rows;
  let batch: ReadRow[] = [];
  const store = async () => {
    if (batch.length === 0) return;
    const full = batch;
    batch = [];
    await retrying(() =>
      storeBatch(db, job, { rowsStored: stored, rows: full, bytesRead: at.bytes, tool: at.tool }),
    );
    stored += full.length;
  };
  let seen = 0;
  try {
    for await (const row of rows) {
      seen += 1;
      if (seen <= job.rows) continue;
      batch.push(row);
      if (batch.length < batchRows) continue;
      signal.throwIfAborted();
      await store();
    }
  } catch (error) {
    if (error instanceof ReportError) await store();
    throw error;
  }
  await store();
}

async function* openPieces(
  db: Database,
  importId: string,
  signal: AbortSignal,
  at: { bytes: number },
): AsyncGenerator<Uint8Array> {
  at.bytes = 0;
  for (let piece = 0; ; piece += 1) {
    signal.throwIfAborted();
    const [found] = await db
      .select({ content: importPieces.content })
      .from(importPieces)
      .where(and(eq(importPieces.importId, importId), eq(importPieces.piece, piece)));
    if (!found) return;
    at.bytes += found.content.length;
    yield found.content;
  }
}

async function retrying(store: () => Promise<void>): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      await store();
      return;
    } catch (error) {
      if (tries >= deadlockRetries || !isDeadlock(error)) throw error;
    }
  }
}

function isDeadlock(error: unknown): boolean {
  if (error instanceof postgres.PostgresError) return error.code === "40P01";
  return error instanceof Error && error.cause !== undefined && isDeadlock(error.cause);
}
