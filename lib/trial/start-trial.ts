import { sql } from "drizzle-orm";
import { z } from "zod";
import { sandboxTrials } from "#db/trial/schema.ts";
import { notifyAccounts } from "../accounts/notify.ts";
import { DomainError } from "../errors.ts";
import { defineMutation } from "../mutation.ts";
import { whyNoTrial } from "./allowed.ts";

/**
 * Has a worker run the sandbox cloud and connect its accounts beside the organisation's own. Asked for again after it
 * could not be started, it is tried anew. Throws `conflict` where this deployment can't, or has it already.
 */
export const startTrial = defineMutation({
  permission: "accounts:manage",
  act: { action: "sandbox.start", kind: "organisation", id: ({ organisationId }) => organisationId },
  input: z.object({}),
  async run({ tx, scope }) {
    scope.requireEveryAccount();
    const { organisationId } = scope;
    const refusal = whyNoTrial();
    if (refusal) throw new DomainError("conflict", refusal);
    const [wanted] = await tx
      .insert(sandboxTrials)
      .values({ organisationId })
      .onConflictDoUpdate({
        target: sandboxTrials.organisationId,
        set: { error: null, requestedAt: sql`now()` },
        setWhere: sql`${sandboxTrials.error} is not null`,
      })
      .returning({ organisationId: sandboxTrials.organisationId });
    if (!wanted) throw new DomainError("conflict", "The sandbox cloud is there already.");
    await notifyAccounts(tx, organisationId);
    return {
      result: {},
      audit: { action: "sandbox.start", object: { kind: "organisation", id: organisationId } },
    };
  },
});
