import { and, eq, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import { auditEntries } from "#db/audit/schema.ts";
import type { Store } from "#db/client.ts";
import { canonicalEntry, type EntryFields } from "../entry.ts";

/** An entry as it is sent: its canonical form as it was hashed, and the leaf that came of it. */
export type SentEntry = { at: string; canonical: string; leaf: string | null };

/** The entry by its id and when it was; null where it has left the database. */
export async function readSentEntry(
  db: Store,
  { organisationId, entryId, entryAt }: { organisationId: string; entryId: string; entryAt: Date },
): Promise<SentEntry | null> {
  const text = (column: AnyPgColumn) => sql<string | null>`${column}`;
  const { at, actorKind, actorId, actorTokenId, action, objectKind, objectId } = auditEntries;
  const { result, durationMs, correlationId, origin, before, after, leaf } = auditEntries;
  const [row] = await db
    .select({
      ...{ at, organisationId: auditEntries.organisationId, actorKind, actorId, actorTokenId, action },
      ...{ objectKind, objectId, result, durationMs, correlationId, leaf },
      // As they were hashed, rather than parsed and put together again.
      ...{ origin: text(origin), before: text(before), after: text(after) },
    })
    .from(auditEntries)
    .where(
      and(
        eq(auditEntries.entryId, entryId),
        eq(at, entryAt),
        eq(auditEntries.organisationId, organisationId),
      ),
    );
  if (!row) return null;
  const fields: EntryFields = { ...row, entryId, at: row.at.toISOString() };
  return {
    at: fields.at,
    canonical: canonicalEntry(fields),
    leaf: row.leaf && Buffer.from(row.leaf).toString("base64"),
  };
}

/**
 * What a receiver gets. `data.entry` stands in it byte for byte as it was hashed: SHA-256 over a zero byte and those bytes
 * is `data.leaf`, the entry's leaf in the Merkle tree.
 */
export const deliveryBody = (streamId: string, position: number, entry: SentEntry): string =>
  `{"type":"audit.entry","timestamp":${JSON.stringify(entry.at)},"data":{"stream":${JSON.stringify(streamId)},"position":${position},"leaf":${JSON.stringify(entry.leaf)},"entry":${entry.canonical}}}`;

/** What a receiver gets when somebody tries it out. */
export const testBody = (streamId: string, now: Date): string =>
  JSON.stringify({
    type: "audit.test",
    timestamp: now.toISOString(),
    data: { stream: streamId, message: "Parapet can reach this receiver." },
  });
