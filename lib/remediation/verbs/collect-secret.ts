import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { remediationSecrets } from "#db/remediation/schema.ts";
import { DomainError } from "../../errors.ts";
import { defineMutation } from "../../mutation.ts";
import { notifyPlan } from "../notify.ts";
import { openStepSecret } from "../step-secrets.ts";
import { guarded } from "./guarded.ts";
import { holdPlan } from "./hold-plan.ts";
import { Id } from "./inputs.ts";

export const CollectSecretInput = z.strictObject({ secretId: Id });

const missing = () => new DomainError("not_found", "There is no such secret.");

/**
 * Hands over what a fix was given by the provider, such as a new key: once, to whoever asked for the fix, and to nobody
 * else. From then on Parapet doesn't have it. Throws `conflict` when it was collected, or its time is over.
 */
export const collectSecret = guarded(
  defineMutation({
    permission: "remediation:propose",
    act: { action: "remediation_secret.collect", kind: "remediation_secret", id: "secretId" },
    input: CollectSecretInput,
    async run({ tx, scope, input: { secretId } }) {
      const [secret] = await tx
        .select()
        .from(remediationSecrets)
        .where(eq(remediationSecrets.id, secretId))
        .for("update");
      if (!secret || secret.organisationId !== scope.organisationId) throw missing();
      const plan = await holdPlan(tx, scope, secret.planId).catch((error: unknown) => {
        throw error instanceof DomainError && error.code === "not_found" ? missing() : error;
      });
      if (plan.requestedBy !== scope.actor.id) {
        throw new DomainError("forbidden", "Only who asked for the fix can collect what it was handed out.");
      }
      const { organisationId, stepId, name, keyId, sealed } = secret;
      if (secret.collectedAt) {
        throw new DomainError("conflict", "It was collected before, and Parapet doesn't keep it.");
      }
      if (!sealed || !keyId || secret.expiresAt.getTime() <= Date.now()) {
        throw new DomainError(
          "conflict",
          "The time to collect it is over, and it was destroyed. Make another one.",
        );
      }
      const value = openStepSecret({ organisationId, stepId, name }, { keyId, sealed });
      await tx
        .update(remediationSecrets)
        .set({ sealed: null, keyId: null, collectedBy: scope.actor.id, collectedAt: sql`now()` })
        .where(eq(remediationSecrets.id, secretId));
      await notifyPlan(tx, organisationId, plan.id);
      return {
        result: { name, value },
        audit: {
          action: "remediation_secret.collect",
          object: { kind: "remediation_plan", id: plan.id },
          after: { secretId, name },
        },
      };
    },
  }),
);
