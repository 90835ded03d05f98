import { is } from "drizzle-orm";
import { PostgresJsSession } from "drizzle-orm/postgres-js";
import type { EntryFields } from "#lib/audit/entry.ts";
import type { Store } from "../client.ts";

/** A row of `audit_entries` as it is first written. */
export type NewEntry = EntryFields & {
  personal: Record<string, string>;
  leaf: Buffer;
  mac: Buffer;
  keyId: string;
};

const columns = [
  ...["entry_id", "at", "organisation_id", "actor_kind", "actor_id", "actor_token_id", "action"],
  ...["object_kind", "object_id", "result", "duration_ms", "correlation_id", "origin", "before", "after"],
  ...["personal", "leaf", "mac", "key_id"],
];
const statement = `insert into audit_entries (${columns.join(", ")}) values (${columns
  .map((_, at) => `$${at + 1}`)
  .join(", ")})`;

/**
 * Writes an entry by a statement that each connection prepares once: every act pays for this one, and the query builder
 * has the text put together, sent, parsed and planned anew at each.
 */
export async function insertEntry(tx: Store, entry: NewEntry): Promise<void> {
  const { session } = tx._;
  // Not by instanceof: a bundler may have the driver more than once.
  if (!is(session, PostgresJsSession)) throw new TypeError("The transaction is of another driver.");
  const { personal } = entry;
  const values = [
    ...[entry.entryId, entry.at, entry.organisationId, entry.actorKind, entry.actorId, entry.actorTokenId],
    ...[entry.action, entry.objectKind, entry.objectId, entry.result, entry.durationMs, entry.correlationId],
    ...[entry.origin, entry.before, entry.after],
    Object.keys(personal).length > 0 ? JSON.stringify(personal) : null,
    ...[entry.leaf, entry.mac, entry.keyId],
  ];
  session.logger.logQuery(statement, values);
  await session.client.unsafe(statement, values, { prepare: true });
}
