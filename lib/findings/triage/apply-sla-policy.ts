import { sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { appendAudit } from "#lib/audit/append.ts";
import { Scope } from "#lib/auth/scope.ts";
import { array } from "#lib/scans/store/merge.ts";
import { notifyFindings } from "../notify.ts";

/** Findings looked at in one transaction. */
const batchSize = 5_000;

/**
 * Gives every open finding of an organisation the date that its policy sets now, but for dates set by hand. Safe to
 * repeat. What people see of a finding is not their act, so no revision grows.
 */
export async function applySlaPolicy(
  db: Database,
  organisationId: string,
  signal: AbortSignal,
): Promise<void> {
  const startedAt = performance.now();
  let [after, changed]: [string | null, number] = ["", 0];
  while (after !== null) {
    signal.throwIfAborted();
    const from: string = after;
    after = await db.transaction(async (tx) => {
      const held = await tx.execute<{ id: string }>(sql`
        select id from findings where id > ${from} and organisation_id = ${organisationId} and status = 'open'
        order by id limit ${batchSize} for no key update
      `);
      const ids = held.map(({ id }) => id);
      if (ids.length === 0) return null;
      const dated = await tx.execute(sql`
        update findings f set due_at = sla_due(f.organisation_id, f.severity, f.opened_at)
        where f.id = any(${array(ids)}) and not f.due_by_hand
          and f.due_at is distinct from sla_due(f.organisation_id, f.severity, f.opened_at)
      `);
      changed += dated.count;
      await notifyFindings(tx, organisationId, organisationId);
      return ids.at(-1) ?? null;
    });
  }
  await db.transaction((tx) =>
    appendAudit(tx, Scope.ofSystem(organisationId, "sla"), {
      action: "sla_policy.apply",
      object: { kind: "organisation", id: organisationId },
      durationMs: performance.now() - startedAt,
      after: { findings: changed },
    }),
  );
}
