import { auditEntries } from "#db/audit/schema.ts";
import type { Transaction } from "#db/client.ts";
import type { Scope } from "../auth/scope.ts";

/** What the trail keeps of an act. `before` and `after` hold an allow-list of fields, never a secret. */
export type AuditRecord = {
  /** `<thing>.<verb>`, such as `scan.start`. */
  action: string;
  object: { kind: string; id: string };
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
};

/** Who acted: a scope, or what is kept of one by a job that does the rest of what was asked for. */
export type AuditActor = Pick<Scope, "organisationId" | "actor" | "tokenId" | "correlationId">;

/** Appends one entry in the caller's transaction: if either fails, neither happened. */
export async function appendAudit(tx: Transaction, scope: AuditActor, record: AuditRecord): Promise<void> {
  await tx.insert(auditEntries).values({
    organisationId: scope.organisationId,
    actorKind: scope.actor.kind,
    actorId: scope.actor.id,
    actorTokenId: scope.tokenId,
    action: record.action,
    objectKind: record.object.kind,
    objectId: record.object.id,
    before: record.before ?? null,
    after: record.after ?? null,
    correlationId: scope.correlationId,
  });
}
