import { type AuditResult, auditEntries } from "#db/audit/schema.ts";
import type { Transaction } from "#db/client.ts";
import { newId } from "#db/columns.ts";
import type { Scope } from "../auth/scope.ts";
import { canonicalJson } from "../canonical-json.ts";
import { canonicalEntry, leafOf, macOf } from "./entry.ts";
import { auditKeyring } from "./keys.ts";
import { conceal } from "./personal/conceal.ts";

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
export async function appendAudit(tx: Transaction, scope: AuditActor, record: AuditRecord): Promise<string> {
  const { organisationId, actor, tokenId, correlationId, origin } = scope;
  const { action, object, result = "done", durationMs } = record;
  const personal: Record<string, string> = {};
  const actorUserId = actor.kind === "user" ? actor.id : null;
  const about = { organisationId, objectKind: object.kind, objectId: object.id, actorUserId };
  const kept = async (value: Record<string, unknown> | null | undefined) =>
    value ? conceal(tx, about, value, personal) : null;
  const at = new Date();
  const row = {
    entryId: newId("ent"),
    at,
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
    origin: await kept(origin),
    before: await kept(record.before),
    after: await kept(record.after),
  };
  const text = (value: Record<string, unknown> | null) => (value ? canonicalJson(value) : null);
  const leaf = leafOf(
    canonicalEntry({
      ...row,
      at: at.toISOString(),
      ...{ origin: text(row.origin), before: text(row.before), after: text(row.after) },
    }),
  );
  const { first: key } = auditKeyring();
  await tx.insert(auditEntries).values({
    ...row,
    personal: Object.keys(personal).length > 0 ? personal : null,
    ...{ leaf, mac: macOf(leaf, key.mac), keyId: key.id },
  });
  return row.entryId;
}
