import { sql } from "drizzle-orm";
import type { Database, Transaction } from "#db/client.ts";
import { roles } from "#db/identity/roles.ts";
import type { ImportFormat } from "#db/imports/schema.ts";
import { rolePermissions } from "#lib/auth/permissions.ts";
import { notifyImport } from "./notify.ts";

/** An import as the worker reads it. */
export type ImportJob = {
  id: string;
  organisationId: string;
  format: ImportFormat;
  accountId: string | null;
  bytes: number;
  createdAt: Date;
  /** Rows that an earlier attempt has stored; the next one begins after them. */
  rows: number;
  /** The accounts that who asked for it may see; null for all. */
  visible: readonly string[] | null;
};

/** Another attempt has gone on with this import, or it has ended. */
export class ImportSuperseded extends Error {
  override readonly name = "ImportSuperseded";
}

type Claimed = Omit<ImportJob, "createdAt" | "visible" | "bytes"> & {
  createdAt: string;
  bytes: string | number;
  visible: string[] | null;
  mayImport: boolean;
};

const importing = roles.filter((role) => rolePermissions[role].includes("imports:run"));

/**
 * Takes an import up, anew or after a worker that died with it. Null when there is nothing to do any more; `refused` when
 * who asked for it has been disabled since, or may import no more.
 */
export async function claimImport(
  db: Database,
  importId: string,
): Promise<{ job: ImportJob; isRefused: boolean } | null> {
  const [row] = await db.transaction((tx) =>
    tx.execute<Claimed>(sql`
      update imports i set status = 'running', started_at = coalesce(i.started_at, now())
      where i.id = ${importId} and i.status in ('waiting', 'running')
      returning i.id, i.organisation_id as "organisationId", i.format, i.account_id as "accountId", i.bytes,
        i.created_at as "createdAt", i.rows,
        i.requested_by is null or exists (
          select from users u where u.id = i.requested_by and u.disabled_at is null
            and u.role in (select jsonb_array_elements_text(${JSON.stringify(importing)}::jsonb))) as "mayImport",
        case when i.requested_by is not null and exists (
          select from users u where u.id = i.requested_by and not u.sees_all_accounts)
        then coalesce((select jsonb_agg(a.account_id) from user_accounts a where a.user_id = i.requested_by), '[]')
        end as visible
    `),
  );
  if (!row) return null;
  const { mayImport, createdAt, bytes, ...rest } = row;
  const job = { ...rest, bytes: Number(bytes), createdAt: new Date(createdAt) };
  return { job, isRefused: !mayImport };
}

export type Progress = {
  rows: number;
  bytesRead: number;
  created: number;
  updated: number;
  resolved: number;
  unchanged: number;
  duplicates: number;
  contradicted: number;
  rejected: number;
};

/** The counts so far, and the import held for this attempt until the transaction ends. Throws ImportSuperseded. */
export async function holdImport(tx: Transaction, job: ImportJob, rowsStored: number): Promise<Progress> {
  const [held] = await tx.execute<Progress & { status: string }>(sql`
    select status, rows, created, updated, resolved, unchanged, duplicates, contradicted, rejected,
      bytes_read::float8 as "bytesRead"
    from imports where id = ${job.id} for no key update
  `);
  if (held?.status !== "running" || held.rows !== rowsStored) {
    throw new ImportSuperseded(`Another attempt has import ${job.id}.`);
  }
  return held;
}

/** Adds what became of a batch to the counts, with the position that it was read up to. */
export async function recordProgress(tx: Transaction, job: ImportJob, done: Progress, tool: string | null) {
  await tx.execute(sql`
    update imports set rows = rows + ${done.rows}, created = created + ${done.created},
      updated = updated + ${done.updated}, resolved = resolved + ${done.resolved},
      unchanged = unchanged + ${done.unchanged}, duplicates = duplicates + ${done.duplicates},
      contradicted = contradicted + ${done.contradicted}, rejected = rejected + ${done.rejected},
      bytes_read = ${done.bytesRead}, tool = coalesce(${tool}, tool)
    where id = ${job.id}
  `);
  await notifyImport(tx, job.organisationId, job.id);
}
