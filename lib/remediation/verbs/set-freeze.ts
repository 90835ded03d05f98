import { sql } from "drizzle-orm";
import { z } from "zod";
import { DomainError } from "../../errors.ts";
import { cleaned } from "../../findings/triage/cleaned.ts";
import { enqueue } from "../../jobs/queue.ts";
import { defineMutation } from "../../mutation.ts";
import { notifyPlan } from "../notify.ts";
import { guarded } from "./guarded.ts";
import { Reason } from "./inputs.ts";
import { holdSettings } from "./set-limits.ts";

export const SetFreezeInput = z.strictObject({
  frozen: z.boolean(),
  /** Why, kept in the trail and shown while it holds. */
  reason: Reason,
});

/**
 * Freezes all changes, or lifts that. While frozen no plan begins and no further step of one under way; what is at a
 * provider already ends. Plans can be proposed and decided on, and wait.
 */
export const setFreeze = guarded(
  defineMutation({
    permission: "remediation:freeze",
    act: { action: "remediation.freeze", kind: "organisation", id: ({ organisationId }) => organisationId },
    input: SetFreezeInput,
    async run({ tx, scope, input: raw }) {
      const { frozen, reason } = cleaned(raw);
      scope.requireEveryAccount();
      if (scope.actor.kind !== "user") throw new DomainError("forbidden", "A person has to ask for this.");
      const { organisationId } = scope;
      const before = await holdSettings(tx, organisationId);
      if (before.frozen === frozen) {
        throw new DomainError(
          "conflict",
          frozen
            ? "Nothing was changed: all changes are frozen already."
            : "Nothing was changed: nothing is frozen.",
        );
      }
      await tx.execute(
        frozen
          ? sql`update remediation_settings set frozen_at = now(), frozen_by = ${scope.actor.id}, freeze_reason = ${reason}
              where organisation_id = ${organisationId}`
          : sql`update remediation_settings set frozen_at = null, frozen_by = null, freeze_reason = null
              where organisation_id = ${organisationId}`,
      );
      // What has waited for this begins now rather than at the next minute.
      if (!frozen) await enqueue(tx, "remediation-tick", [{ data: {} }]);
      await notifyPlan(tx, organisationId, "freeze");
      return {
        result: { frozen },
        audit: {
          action: frozen ? "remediation.freeze" : "remediation.unfreeze",
          object: { kind: "organisation", id: organisationId },
          before: { frozen: before.frozen },
          after: { frozen, reason },
        },
      };
    },
  }),
);
