import { eq } from "drizzle-orm";
import { z } from "zod";
import { auditPolicies } from "#db/audit/schema.ts";
import { listTrailReaders } from "#db/audit/trail-readers.ts";
import type { Transaction } from "#db/client.ts";
import type { Scope } from "../../../auth/scope.ts";
import { DomainError } from "../../../errors.ts";
import { defineMutation } from "../../../mutation.ts";
import { ReportPlan, ReportPlanInput } from "../model.ts";

export const SetReportPlanInput = ReportPlanInput.extend({
  /** Of the plan that was looked at; 0 while there is none. */
  revision: z.int().min(0),
});

/** Says when reports are made by themselves, and who gets them. */
export const setReportPlan = defineMutation({
  permission: "audit:manage",
  act: { action: "audit_report.schedule", kind: "organisation", id: (scope) => scope.organisationId },
  input: SetReportPlanInput,
  async run({ tx, scope, input: { revision, ...wanted } }) {
    scope.requireEveryAccount();
    const { organisationId } = scope;
    await tx.insert(auditPolicies).values({ organisationId }).onConflictDoNothing();
    const [row] = await tx
      .select({ reports: auditPolicies.reports })
      .from(auditPolicies)
      .where(eq(auditPolicies.organisationId, organisationId))
      .for("update");
    const before = ReportPlan.parse(row?.reports ?? {});
    if (before.revision !== revision) {
      throw new DomainError(
        "conflict",
        "Nothing was changed: somebody else changed the schedule meanwhile. Look at it again.",
      );
    }
    await checkRecipients(tx, scope, wanted.recipients);
    const now = new Date().toISOString();
    const moved = before.timeZone !== wanted.timeZone;
    const { daily, weekly } = wanted;
    const after: ReportPlan = {
      ...wanted,
      daily: daily && { ...daily, since: (!moved && kept(before.daily, daily)) || now },
      weekly: weekly && { ...weekly, since: (!moved && kept(before.weekly, weekly)) || now },
      revision: revision + 1,
    };
    await tx
      .update(auditPolicies)
      .set({ reports: after })
      .where(eq(auditPolicies.organisationId, organisationId));
    return {
      result: { revision: after.revision },
      audit: {
        action: "audit_report.schedule",
        object: { kind: "organisation", id: organisationId },
        before: told(before),
        after: told(after),
      },
    };
  },
});

const told = ({ timeZone, daily, weekly, recipients }: ReportPlan) => ({
  timeZone,
  daily: daily && { hour: daily.hour },
  weekly: weekly && { weekday: weekly.weekday, hour: weekly.hour },
  recipients,
});

/** Since when a schedule holds that stays as it was; what is new begins now, and makes nothing for before. */
const kept = <T extends { hour: number; weekday?: number; since: string }>(
  before: T | null,
  wanted: { hour: number; weekday?: number },
): string | null =>
  before && before.hour === wanted.hour && before.weekday === wanted.weekday ? before.since : null;

/** Only who may read the trail is sent what it tells. */
async function checkRecipients(tx: Transaction, scope: Scope, ids: readonly string[]): Promise<void> {
  const readers = await listTrailReaders(tx, scope, ids);
  const missing = ids.filter((id) => !readers.some((reader) => reader.id === id));
  if (missing.length === 0) return;
  throw new DomainError(
    "invalid_input",
    "Nothing was changed: reports go to users who may read the audit trail and see every account.",
    { fields: { recipients: `Not so: ${missing.join(", ")}.` } },
  );
}
