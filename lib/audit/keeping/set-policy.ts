import { sql } from "drizzle-orm";
import { z } from "zod";
import { readAuditPolicy } from "#db/audit/keeping.ts";
import { auditPolicies } from "#db/audit/schema.ts";
import { DomainError } from "../../errors.ts";
import { defineMutation } from "../../mutation.ts";
import { longestDays, mostArchiveMb, shortestArchiveMb, shortestDays } from "./limits.ts";

const days = z.number().int().min(shortestDays).max(longestDays);

export const SetAuditPolicyInput = z.strictObject({
  /** Days that an entry is kept in the database. */
  retentionDays: days,
  /** Longer, by category: what stands before the dot of an action, such as `remediation_plan`. */
  categoryDays: z
    .record(z.string().regex(/^[a-z][a-z_]{0,40}$/, "must be a category such as remediation_plan"), days)
    .refine((all) => Object.keys(all).length <= 100, "must be at most 100 categories"),
  /** Megabytes that an archive file may have, packed. */
  archiveMb: z.number().int().min(shortestArchiveMb).max(mostArchiveMb),
  /** As the query of the policy gave it; 0 for an organisation that has set none. */
  revision: z.number().int().nonnegative(),
});

/**
 * Sets how long the organisation's entries stay in the database before they are archived. Nothing leaves by this itself:
 * the daily run looks at it. Throws `forbidden` for who sees only some accounts, and `conflict` when somebody else has set
 * it since.
 */
export const setAuditPolicy = defineMutation({
  permission: "audit:manage",
  act: { action: "audit_policy.set", kind: "audit_policy", id: ({ organisationId }) => organisationId },
  input: SetAuditPolicyInput,
  async run({ tx, scope, input }) {
    scope.requireEveryAccount();
    const { organisationId } = scope;
    const { revision: known, ...wanted } = input;
    // Two who set the first policy have no row to take turns on.
    await tx.execute(sql`select from organisations where id = ${organisationId} for no key update`);
    const before = await readAuditPolicy(tx, organisationId);
    if (before.revision !== known) {
      throw new DomainError(
        "conflict",
        "Nothing was changed: somebody else set this meanwhile. Look at it again, and repeat what you meant.",
      );
    }
    // What is kept no longer than everything else needs no word of its own.
    const categoryDays = Object.fromEntries(
      Object.entries(wanted.categoryDays).filter(([, kept]) => kept > wanted.retentionDays),
    );
    const revision = known + 1;
    const set = { ...wanted, categoryDays, revision, updatedAt: sql`now()` };
    await tx
      .insert(auditPolicies)
      .values({ organisationId, ...set })
      .onConflictDoUpdate({ target: auditPolicies.organisationId, set });
    const { retentionDays, archiveMb } = before;
    return {
      result: { revision },
      audit: {
        action: "audit_policy.set",
        object: { kind: "audit_policy", id: organisationId },
        before: { retentionDays, archiveMb, categoryDays: before.categoryDays },
        after: { ...wanted, categoryDays },
      },
    };
  },
});
