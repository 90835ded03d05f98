import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Transaction } from "#db/client.ts";
import type { RemediationLimits } from "#db/remediation/model.ts";
import { remediationSettings } from "#db/remediation/schema.ts";
import { type OwnLimits, readLimits } from "#db/remediation/settings-queries.ts";
import { DomainError } from "../../errors.ts";
import { defineMutation } from "../../mutation.ts";
import { guarded } from "./guarded.ts";

export const SetRemediationLimitsInput = z.strictObject({
  maxResources: z.number().int().min(1).max(500),
  parallel: z.number().int().min(1).max(50),
  stopAtFailedPercent: z.number().int().min(1).max(100),
  expiryHours: z.number().int().min(1).max(720),
  /** As it was read; 0 where nobody has set anything. */
  revision: z.number().int().min(0),
});

/** Sets how much a plan may change, and how long it can be approved and begun. Plans under way go on by the new limits. */
export const setRemediationLimits = guarded(
  defineMutation({
    permission: "remediation:manage",
    act: {
      action: "remediation_settings.set_limits",
      kind: "organisation",
      id: ({ organisationId }) => organisationId,
    },
    input: SetRemediationLimitsInput,
    async run({ tx, scope, input: { revision, ...limits } }) {
      scope.requireEveryAccount();
      const { organisationId } = scope;
      const before = await holdSettings(tx, organisationId);
      if (before.revision !== revision) {
        throw new DomainError(
          "conflict",
          "Nothing was changed: somebody else has set this meanwhile. Look at it again, and repeat what you meant.",
        );
      }
      await tx.execute(sql`
        update remediation_settings set max_resources = ${limits.maxResources}, parallel = ${limits.parallel},
          stop_at_failed_percent = ${limits.stopAtFailedPercent}, expiry_hours = ${limits.expiryHours}, revision = ${revision + 1}
        where organisation_id = ${organisationId}
      `);
      return {
        result: { revision: revision + 1 },
        audit: {
          action: "remediation_settings.set_limits",
          object: { kind: "organisation", id: organisationId },
          before: { limits: limitsOf(before) },
          after: { limits },
        },
      };
    },
  }),
);

const limitsOf = ({
  maxResources,
  parallel,
  stopAtFailedPercent,
  expiryHours,
}: OwnLimits): RemediationLimits => ({ maxResources, parallel, stopAtFailedPercent, expiryHours });

/** The organisation's settings, held until the transaction ends; a row is made where there was none, with revision 0. */
export async function holdSettings(tx: Transaction, organisationId: string): Promise<OwnLimits> {
  await tx.insert(remediationSettings).values({ organisationId, revision: 0 }).onConflictDoNothing();
  await tx.execute(
    sql`select from remediation_settings where organisation_id = ${organisationId} for no key update`,
  );
  return readLimits(tx, organisationId);
}
