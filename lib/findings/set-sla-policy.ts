import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { usualSlaDays } from "#db/triage/queries.ts";
import { slaPolicies } from "#db/triage/schema.ts";
import { DomainError } from "../errors.ts";
import { enqueue } from "../jobs/queue.ts";
import { defineMutation } from "../mutation.ts";

const days = z.number().int().min(1).max(3_650).nullable();

export const SetSlaPolicyInput = z.strictObject({
  /** Days after it opened, within which a finding ought to be mended; null for no such time. */
  days: z.strictObject({ critical: days, high: days, medium: days, low: days, info: days }),
  /** As the query of the policy gave it; 0 for an organisation that has set none. */
  revision: z.number().int().nonnegative(),
});

/**
 * Sets by when findings ought to be mended. A worker then gives every open finding its new date, but for dates that were
 * set by hand. Throws `forbidden` for who sees only some accounts, and `conflict` when somebody else has set it since.
 */
export const setSlaPolicy = defineMutation({
  permission: "sla:manage",
  act: { action: "sla_policy.set", kind: "organisation", id: ({ organisationId }) => organisationId },
  input: SetSlaPolicyInput,
  async run({ tx, scope, input }) {
    scope.requireEveryAccount();
    const { organisationId } = scope;
    // Two who set the first policy have no row to take turns on.
    await tx.execute(sql`select from organisations where id = ${organisationId} for no key update`);
    const [before] = await tx
      .select()
      .from(slaPolicies)
      .where(eq(slaPolicies.organisationId, organisationId));
    if ((before?.revision ?? 0) !== input.revision) {
      throw new DomainError(
        "conflict",
        "Nothing was changed: somebody else set these days meanwhile. Look at them again, and repeat what you meant.",
      );
    }
    const revision = input.revision + 1;
    const set = { days: input.days, revision, updatedAt: sql`now()` };
    await tx
      .insert(slaPolicies)
      .values({ organisationId, ...set })
      .onConflictDoUpdate({ target: slaPolicies.organisationId, set });
    await enqueue(tx, "sla-apply", [{ data: { organisationId } }]);
    return {
      result: { revision },
      audit: {
        action: "sla_policy.set",
        object: { kind: "organisation", id: organisationId },
        before: { days: before?.days ?? usualSlaDays },
        after: { days: input.days },
      },
    };
  },
});
