import { and, desc, eq, lte, type SQL, sql } from "drizzle-orm";
import type { AuditFilter } from "#lib/audit/filter.ts";
import { revealPersonal } from "#lib/audit/personal/reveal.ts";
import type { Scope } from "#lib/auth/scope.ts";
import { DomainError } from "#lib/errors.ts";
import { apiTokens } from "../api/schema.ts";
import type { Store } from "../client.ts";
import type { AuditEntryDetail, AuditPage } from "./model.ts";
import { auditEntries } from "./schema.ts";
import { viewsOf } from "./views.ts";
import { branchesOf, requireTrail } from "./where.ts";

export type EntryRow = typeof auditEntries.$inferSelect;

/** A page of the entries that meet a filter, newest first by their own clock. */
export async function listEntries(
  db: Store,
  scope: Scope,
  filter: AuditFilter,
  page: { limit?: number; after?: string } = {},
): Promise<AuditPage> {
  const { rows, next } = await readRows(db, scope, filter, page);
  return { entries: await viewsOf(db, scope, rows), next };
}

/** As `listEntries`, as they stand in the database. */
export async function readRows(
  db: Store,
  scope: Scope,
  filter: AuditFilter,
  page: { limit?: number; after?: string } = {},
): Promise<{ rows: EntryRow[]; next: string | null }> {
  requireTrail(scope);
  const limit = page.limit ?? 100;
  const branches = await branchesOf(db, scope, filter);
  const found = await Promise.all(
    branches.map((branch) =>
      db
        .select()
        .from(auditEntries)
        .where(and(branch, page.after === undefined ? undefined : below(page.after)))
        .orderBy(desc(auditEntries.at), desc(auditEntries.id))
        .limit(limit + 1),
    ),
  );
  const rows = merge(found).slice(0, limit + 1);
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    rows: shown,
    next: last ? `${last.at.toISOString()}~${last.id}` : null,
  };
}

/** What several queries found, newest first and each once. */
function merge(found: readonly EntryRow[][]): EntryRow[] {
  const [only = [], ...others] = found;
  if (others.length === 0) return only;
  const each = new Map(found.flat().map((row) => [row.id, row]));
  return [...each.values()].sort((a, b) => b.at.getTime() - a.at.getTime() || b.id - a.id);
}

/** Whether a text was given as `next` of a page. */
export const isEntryCursor = (text: string): boolean =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z~\d{1,18}$/.test(text) &&
  !Number.isNaN(Date.parse(text.slice(0, text.indexOf("~"))));

/** What comes after a cursor. The bound on `at` alone lets the planner leave out later months. */
function below(cursor: string): SQL | undefined {
  if (!isEntryCursor(cursor)) throw new DomainError("invalid_input", "This is no place in the trail.");
  const [at = "", id = ""] = cursor.split("~");
  return and(
    lte(auditEntries.at, new Date(at)),
    sql`(${auditEntries.at}, ${auditEntries.id}) < (${at}::timestamptz, ${id}::bigint)`,
  );
}

/** One entry, with its place in the tree. Throws a DomainError (`not_found`) for what the organisation has not. */
export async function getEntry(db: Store, scope: Scope, entryId: string): Promise<AuditEntryDetail> {
  requireTrail(scope);
  const [row] = await db
    .select()
    .from(auditEntries)
    .where(and(eq(auditEntries.organisationId, scope.organisationId), eq(auditEntries.entryId, entryId)))
    .orderBy(auditEntries.id)
    .limit(1);
  const [view] = row ? await viewsOf(db, scope, [row]) : [];
  if (!row || !view)
    throw new DomainError("not_found", "There is no such entry in the trail of your organisation.");
  const place = await placeOf(db, row);
  return {
    ...view,
    sealed: place !== null,
    position: place?.position ?? null,
    batch: place ? { n: place.n, sealedAt: place.sealedAt } : null,
    leaf: row.leaf ? Buffer.from(row.leaf).toString("hex") : null,
    keyId: row.keyId,
    tokenName: row.actorTokenId === null ? null : await tokenName(db, scope, row.actorTokenId),
    personal: await personalOf(db, scope, row),
  };
}

/** What the entry's commitments stand for. */
async function personalOf(db: Store, scope: Scope, row: EntryRow): Promise<AuditEntryDetail["personal"]> {
  const revealed = await revealPersonal(db, scope.organisationId, [row]);
  return Object.fromEntries(
    [...revealed].map(([commitment, found]) => [
      commitment,
      "value" in found ? found.value : found.lost === "erased" ? null : "(cannot be decrypted)",
    ]),
  );
}

/** Where an entry was sealed; null while it isn't. Batches are looked through from the first that can have it. */
export async function placeOf(
  db: Store,
  entry: { id: number; at: Date },
): Promise<{ position: number; n: number; sealedAt: string } | null> {
  const [found] = await db.execute<{ n: string; position: string; sealedAt: Date }>(sql`
    select n, first + array_position(entries, ${entry.id}::bigint) - 1 as position, sealed_at as "sealedAt"
    from audit_batches
    where "to" >= ${entry.at.toISOString()}::timestamptz and ${entry.id}::bigint = any(entries)
    order by "to" limit 1`);
  if (!found) return null;
  return {
    position: Number(found.position),
    n: Number(found.n),
    sealedAt: new Date(found.sealedAt).toISOString(),
  };
}

async function tokenName(db: Store, scope: Scope, tokenId: string): Promise<string | null> {
  const [found] = await db
    .select({ name: apiTokens.name })
    .from(apiTokens)
    .where(and(eq(apiTokens.organisationId, scope.organisationId), eq(apiTokens.id, tokenId)));
  return found?.name ?? null;
}
