import { sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { DomainError } from "../../errors.ts";

/** The name of a resource that another plan is at work on right now; null for none. */
export async function findSharedResource(
  tx: Transaction,
  { id, organisationId }: { id: string; organisationId: string },
): Promise<string | null> {
  // Two plans that begin at the same moment take turns, so that one of them sees the other.
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`remediation ${organisationId}`}, 0))`,
  );
  const [shared] = await tx.execute<{ name: string }>(sql`
    select t.name from remediation_targets t
      join remediation_targets o on o.organisation_id = t.organisation_id and o.resource_id = t.resource_id
        and o.plan_id <> t.plan_id
      join remediation_plans p on p.id = o.plan_id and p.state in ('running', 'rolling_back')
    where t.plan_id = ${id} and o.state in ('waiting', 'running', 'rolling_back') order by t.ordinal limit 1
  `);
  return shared?.name ?? null;
}

/** Throws a DomainError (`conflict`) while another plan is at work on one of the plan's resources. */
export async function refuseSharedResources(
  tx: Transaction,
  plan: { id: string; organisationId: string },
): Promise<void> {
  const name = await findSharedResource(tx, plan);
  if (name === null) return;
  throw new DomainError(
    "conflict",
    `Nothing was changed: another plan is at work on ${name}. Try again once it has ended.`,
  );
}
