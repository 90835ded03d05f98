import { insertEntry } from "#db/audit/insert-entry.ts";
import type { AuditResult } from "#db/audit/schema.ts";
import type { Database, Store, Transaction } from "#db/client.ts";
import { newId } from "#db/columns.ts";
import type { Scope } from "../auth/scope.ts";
import { canonicalJson } from "../canonical-json.ts";
import { canonicalEntry, type EntryFields, leafOf, macOf } from "./entry.ts";
import { auditKeyring } from "./keys.ts";
import { conceal, withoutPersonal } from "./personal/conceal.ts";

/**
 * What the trail keeps of an act. `before` and `after` hold an allow-list of fields, never a secret. Personal data in them
 * is told by `personalKind` and kept apart.
 */
export type AuditRecord = {
  /** `<thing>.<verb>`, such as `scan.start`. */
  action: string;
  object: { kind: string; id: string };
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
  /** `done` when left out. */
  result?: AuditResult;
  /** How long the act took, in milliseconds. */
  durationMs?: number;
};

/** Who acted: a scope, or what is kept of one by a job that does the rest of what was asked for. */
export type AuditActor = Pick<Scope, "organisationId" | "actor" | "tokenId" | "correlationId"> &
  Partial<Pick<Scope, "origin">>;

/** Appends one entry in the caller's transaction: if either fails, neither happened. Returns the entry's id. */
export const appendAudit = (tx: Transaction, scope: AuditActor, record: AuditRecord): Promise<string> =>
  append(tx, scope, record);

/**
 * Appends one entry in a transaction of its own, which takes one round trip instead of three: for what happened without
 * a write of its own, such as a refusal or an export. Returns the entry's id once it is on disk.
 */
export const appendAuditAlone = (db: Database, scope: AuditActor, record: AuditRecord): Promise<string> =>
  append(db, scope, record);

async function append(tx: Store, scope: AuditActor, record: AuditRecord): Promise<string> {
  const { organisationId, actor, tokenId, correlationId, origin } = scope;
  const { action, object, result = "done", durationMs } = record;
  const personal: Record<string, string> = {};
  const actorUserId = actor.kind === "user" ? actor.id : null;
  const about = { organisationId, objectKind: object.kind, objectId: object.id, actorUserId };
  const text = async (value: Record<string, unknown> | null | undefined) =>
    value
      ? canonicalJson(withoutPersonal(about, value) ?? (await conceal(tx, about, value, personal)))
      : null;
  const entry: EntryFields = {
    entryId: newId("ent"),
    at: new Date().toISOString(),
    organisationId,
    actorKind: actor.kind,
    actorId: actor.id.toWellFormed(),
    actorTokenId: tokenId,
    action,
    objectKind: object.kind,
    objectId: object.id.toWellFormed(),
    result,
    durationMs: durationMs === undefined ? null : Math.round(durationMs * 1_000) / 1_000,
    correlationId,
    origin: await text(origin),
    before: await text(record.before),
    after: await text(record.after),
  };
  const leaf = leafOf(canonicalEntry(entry));
  const { first: key } = auditKeyring();
  const mac = macOf(leaf, key.mac);
  await insertEntry(tx, { ...entry, personal, leaf, mac, keyId: key.id });
  return entry.entryId;
}
