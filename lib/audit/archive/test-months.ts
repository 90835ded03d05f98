import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { asc, eq, sql } from "drizzle-orm";
import { vi } from "vitest";
import { auditArchives, auditEntries } from "#db/audit/schema.ts";
import type { Database, Store } from "#db/client.ts";
import { type AuditActor, appendAudit } from "../append.ts";
import { makeCheckpoint } from "../seal/checkpoint.ts";
import { sealPending } from "../seal/seal.ts";

/** A folder for archives that goes with the test. */
export function makeArchiveFolder(): { folder: string; [Symbol.dispose](): void } {
  const folder = mkdtempSync(join(tmpdir(), "parapet-archive-"));
  return { folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) };
}

/** The first day of the month so many months before this one, at midnight UTC. */
export function monthsAgo(count: number): Date {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - count, 1));
}

export const dayOf = (month: Date, day: number): Date => new Date(month.getTime() + (day - 1) * 86_400_000);

export const monthName = (month: Date): string =>
  `audit_entries_${month.toISOString().slice(0, 7).replace("-", "_")}`;

/** Appends entries as if it were then; their month is opened before. Returns their ids. */
export async function appendAt(
  db: Database,
  actor: AuditActor,
  at: Date,
  actions: readonly string[],
): Promise<string[]> {
  await db.execute(sql`select audit_open_month(${at.toISOString().slice(0, 10)}::date)`);
  return appendDated(db, actor, at, actions);
}

/** The same, with the months that there are. */
export async function appendDated(
  db: Database,
  actor: AuditActor,
  at: Date,
  actions: readonly string[],
): Promise<string[]> {
  vi.useFakeTimers({ toFake: ["Date"], now: at });
  try {
    return await db.transaction(async (tx) => {
      const ids: string[] = [];
      for (const action of actions) {
        ids.push(
          await appendAudit(tx, actor, {
            action,
            object: { kind: "test", id: `of ${action}` },
            // What packs badly, as most of what entries hold.
            after: { note: randomBytes(300).toString("base64") },
          }),
        );
      }
      return ids;
    });
  } finally {
    vi.useRealTimers();
  }
}

/** Seals what is there, and signs a checkpoint of it. */
export async function sealAll(db: Database): Promise<void> {
  // What a transaction that is running elsewhere in the server may still come before isn't sealed yet.
  await vi.waitFor(async () => {
    await sealPending(db);
    const [count] = await db.execute<{ left: number }>(sql`
      select ((select count(*) from audit_entries where id > coalesce((select max(each) from audit_batches, unnest(entries) each), 0)))::int as left`);
    if (count?.left !== 0) throw new Error(`${count?.left} entries are not sealed yet.`);
  });
  await makeCheckpoint(db);
}

/** An organisation's entries that are still in the database, oldest first, but for those about archiving. */
export async function readLeft(db: Store, organisationId: string) {
  const rows = await db
    .select({
      entryId: auditEntries.entryId,
      action: auditEntries.action,
      partition: sql<string>`audit_entries.tableoid::regclass::text`,
    })
    .from(auditEntries)
    .where(eq(auditEntries.organisationId, organisationId))
    .orderBy(asc(auditEntries.id));
  return rows.filter(({ action }) => !action.startsWith("audit"));
}

export const readArchives = (db: Store, organisationId: string) =>
  db
    .select()
    .from(auditArchives)
    .where(eq(auditArchives.organisationId, organisationId))
    .orderBy(asc(auditArchives.createdAt), asc(auditArchives.part));
