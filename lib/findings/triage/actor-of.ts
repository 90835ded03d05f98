import type { triageChanges } from "#db/triage/schema.ts";
import type { AuditActor } from "../../audit/append.ts";

export type ChangeRow = typeof triageChanges.$inferSelect;

/** Who asked for a change, for the trail's entries of what a job does of it. */
export const actorOf = ({ organisationId, actorKind, actorId, correlationId }: ChangeRow): AuditActor => ({
  organisationId,
  actor: { kind: actorKind, id: actorId },
  tokenId: null,
  correlationId,
});
