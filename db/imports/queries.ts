import { and, asc, desc, eq, gt, ne, type SQL, sql } from "drizzle-orm";
import type { Scope } from "#lib/auth/scope.ts";
import { DomainError } from "#lib/errors.ts";
import { accounts } from "../accounts/schema.ts";
import type { Database, Transaction } from "../client.ts";
import { users } from "../identity/schema.ts";
import type { DuplicatePage, ImportPage, ImportView, RejectionPage } from "./model.ts";
import { importDuplicates, importRejections, imports } from "./schema.ts";

type Store = Database | Transaction;

/** A page of imports, newest first. `before` is the id of the last one seen. */
export async function listImports(
  db: Store,
  scope: Scope,
  page: { limit: number; before?: string | undefined },
): Promise<ImportPage> {
  scope.require("imports:read");
  const beyond = page.before
    ? sql`(${imports.createdAt}, ${imports.id}) < (select created_at, id from imports where id = ${page.before} and organisation_id = ${scope.organisationId})`
    : undefined;
  const rows = await selectImports(db, scope, and(ne(imports.status, "uploading"), beyond), page.limit + 1);
  const shown = rows.slice(0, page.limit);
  return { imports: shown, next: rows.length > page.limit ? (shown.at(-1)?.id ?? null) : null };
}

/** Throws `not_found`, also for another organisation's and for one that may be about accounts that aren't visible. */
export async function getImport(db: Store, scope: Scope, importId: string): Promise<ImportView> {
  scope.require("imports:read");
  const [found] = await selectImports(db, scope, eq(imports.id, importId), 1);
  if (!found) throw new DomainError("not_found", "There is no import with this id.");
  return found;
}

/** Rejected rows in the order of the file; `after` is the last row seen. */
export async function listRejections(
  db: Store,
  scope: Scope,
  importId: string,
  page: { limit: number; after?: number | undefined },
): Promise<RejectionPage> {
  await getImport(db, scope, importId);
  const rows = await db
    .select({ row: importRejections.row, subject: importRejections.subject, reason: importRejections.reason })
    .from(importRejections)
    .where(and(eq(importRejections.importId, importId), gt(importRejections.row, page.after ?? 0)))
    .orderBy(asc(importRejections.row))
    .limit(page.limit + 1);
  const rejections = rows.slice(0, page.limit);
  return { rejections, next: rows.length > page.limit ? (rejections.at(-1)?.row ?? null) : null };
}

/** Rows that Parapet judges itself, in the order of the file: those that it judges otherwise, or all the others. */
export async function listDuplicates(
  db: Store,
  scope: Scope,
  importId: string,
  page: { contradicts: boolean; limit: number; after?: number | undefined },
): Promise<DuplicatePage> {
  await getImport(db, scope, importId);
  const rows = await db
    .select({
      row: importDuplicates.row,
      subject: importDuplicates.subject,
      checkId: importDuplicates.checkId,
      nativeCheckId: importDuplicates.nativeCheckId,
      said: importDuplicates.said,
      judged: importDuplicates.judged,
      contradicts: importDuplicates.contradicts,
    })
    .from(importDuplicates)
    .where(
      and(
        eq(importDuplicates.importId, importId),
        eq(importDuplicates.contradicts, page.contradicts),
        gt(importDuplicates.row, page.after ?? 0),
      ),
    )
    .orderBy(asc(importDuplicates.row))
    .limit(page.limit + 1);
  const duplicates = rows.slice(0, page.limit);
  return { duplicates, next: rows.length > page.limit ? (duplicates.at(-1)?.row ?? null) : null };
}

/**
 * Of whoever sees only some accounts, their own imports alone: rows of anyone else's may name accounts that they don't
 * see.
 */
function visible(scope: Scope): SQL | undefined {
  if (scope.accountIds === null) return eq(imports.organisationId, scope.organisationId);
  const isOwn = eq(imports.requestedBy, scope.actor.id);
  return and(eq(imports.organisationId, scope.organisationId), isOwn);
}

async function selectImports(
  db: Store,
  scope: Scope,
  which: SQL | undefined,
  limit: number,
): Promise<ImportView[]> {
  const rows = await db
    .select({
      row: imports,
      account: { id: accounts.id, name: accounts.name, externalId: accounts.externalId },
      requestedBy: { id: users.id, name: users.name },
    })
    .from(imports)
    .leftJoin(accounts, eq(accounts.id, imports.accountId))
    .leftJoin(users, eq(users.id, imports.requestedBy))
    .where(and(visible(scope), which))
    .orderBy(desc(imports.createdAt), desc(imports.id))
    .limit(limit);
  return rows.map(({ row, account, requestedBy }) => ({
    id: row.id,
    format: row.format,
    fileName: row.fileName,
    status: row.status,
    tool: row.tool,
    account,
    requestedBy,
    bytes: row.bytes,
    bytesRead: row.bytesRead,
    counts: {
      rows: row.rows,
      created: row.created,
      updated: row.updated,
      resolved: row.resolved,
      unchanged: row.unchanged,
      duplicates: row.duplicates,
      contradicted: row.contradicted,
      rejected: row.rejected,
    },
    error: row.error,
    createdAt: row.createdAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
  }));
}
