import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "#db/client.ts";
import type { Scope } from "../../auth/scope.ts";
import { DomainError } from "../../errors.ts";
import { bundleLines, newestCheckpoint } from "./write-bundle.ts";

/** A bundle that proves one entry. */
export type EntryProof = {
  entryId: string;
  position: number;
  /** What the checkpoint covers. */
  size: number;
  bundle: string;
};

/** Where an entry was sealed; null while it wasn't. Throws a DomainError (`not_found`) for another organisation's. */
export async function locateEntry(
  db: Database,
  scope: Scope,
  entryId: string,
): Promise<{ id: number; at: Date; position: number | null }> {
  scope.require("audit:read");
  scope.requireEveryAccount();
  const [row] = await db.execute(sql`
    select e.id, e.at, (
      select b.first + array_position(b.entries, e.id) - 1 from audit_batches b
      where b."to" >= e.at and b."from" <= e.at and e.id = any(b.entries) limit 1
    ) as position
    from audit_entries e where e.entry_id = ${entryId} and e.organisation_id = ${scope.organisationId} limit 1`);
  if (!row) {
    throw new DomainError(
      "not_found",
      "There is no such entry in the database. If it was archived, its archive file proves it.",
    );
  }
  const { id, at, position } = z
    .object({ id: z.coerce.number(), at: z.coerce.date(), position: z.coerce.number().nullable() })
    .parse(row);
  return { id, at, position: row.position === null ? null : position };
}

/**
 * Proves an entry of the scope's organisation: that it is in the trail whose checkpoint was signed, at its position. Throws
 * a DomainError: `not_found`, or `unavailable` while no checkpoint covers it, or `conflict` when it isn't what was sealed.
 */
export async function proveEntry(db: Database, scope: Scope, entryId: string): Promise<EntryProof> {
  const { id, at, position } = await locateEntry(db, scope, entryId);
  const checkpoint = await newestCheckpoint(db);
  if (position === null || position >= checkpoint.size) {
    throw new DomainError(
      "unavailable",
      "The entry isn't covered by a signed checkpoint yet. One is signed each minute: try again then.",
    );
  }
  const lines = bundleLines(db, { entries: [{ id, at }] }, { checkpoint, about: `Entry ${entryId}` });
  let bundle = "";
  for (;;) {
    const { done, value } = await lines.next();
    if (!done) {
      bundle += value;
      continue;
    }
    if (value.entries === 1) return { entryId, position, size: checkpoint.size, bundle };
    throw new DomainError(
      "conflict",
      "The entry isn't what was sealed: it was changed since. Verify the trail.",
    );
  }
}
