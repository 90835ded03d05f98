import { and, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { auditHolds } from "#db/audit/schema.ts";
import { DomainError } from "../../errors.ts";
import { defineMutation } from "../../mutation.ts";
import { holdsInForce } from "./holds-in-force.ts";

export const LiftHoldInput = z.strictObject({
  holdId: z.string().max(64),
  /** Why it isn't needed any longer. */
  reason: z.string().trim().min(3).max(2_000),
});

/** Lifts a legal hold. What it alone kept leaves the database at the next daily run. */
export const liftHold = defineMutation({
  permission: "audit:manage",
  act: { action: "audit_hold.lift", kind: "audit_hold", id: "holdId" },
  input: LiftHoldInput,
  async run({ tx, scope, input: { holdId, reason } }) {
    scope.requireEveryAccount();
    const { organisationId, actor } = scope;
    const [lifted] = await tx
      .update(auditHolds)
      .set({ liftedBy: actor.id, liftedAt: sql`now()` })
      .where(and(holdsInForce(organisationId), eq(auditHolds.id, holdId)))
      .returning({ name: auditHolds.name });
    if (!lifted) {
      const own = and(eq(auditHolds.organisationId, organisationId), eq(auditHolds.id, holdId));
      if ((await tx.$count(auditHolds, own)) === 0)
        throw new DomainError("not_found", "There is no such legal hold.");
      throw new DomainError("conflict", "Nothing was changed: the hold was lifted already.");
    }
    return {
      result: { holdId },
      audit: {
        action: "audit_hold.lift",
        object: { kind: "audit_hold", id: holdId },
        before: { name: lifted.name },
        after: { reason },
      },
    };
  },
});
