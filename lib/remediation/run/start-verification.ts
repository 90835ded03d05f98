import { sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { texts } from "#db/remediation/visible.ts";
import { beginScan } from "../../scans/start-scan.ts";
import { endPlan } from "./end-plan.ts";
import { addEvents, appendOwn, type RunningPlan } from "./record.ts";

/**
 * Begins a scan of just what tells whether a plan's resources are as they should be: their accounts and regions, and the
 * checks that they were to be fixed for. The scan's end has them judged. Once for each carrying out and each going-back;
 * the caller holds the plan's row.
 */
export async function startVerification(tx: Transaction, plan: RunningPlan): Promise<void> {
  const seen = plan.state === "rolling_back" ? ["rolled_back", "rollback_failed"] : ["verifying"];
  const [known] = await tx.execute<{ scanId: string; ended: boolean }>(sql`
    select s.id as "scanId", s.finished_at is not null as ended
    from remediation_plans p join remediation_targets t on t.plan_id = p.id join scans s on s.id = t.scan_id
    where p.id = ${plan.id} and t.state = any(${texts(seen)})
      and s.created_at >= (case when p.state = 'rolling_back' then p.rollback_at else p.started_at end)
    order by s.created_at desc limit 1
  `);
  if (known) return;
  const targets = await tx.execute<{
    id: string;
    accountId: string;
    region: string | null;
    checks: string[];
  }>(sql`
    select t.id, t.account_id as "accountId", r.unit_region as region,
      array(select f ->> 'checkId' from jsonb_array_elements(p.document -> 'targets') d
        cross join jsonb_array_elements(d -> 'findings') f where d ->> 'resourceId' = t.resource_id) as checks
    from remediation_targets t join remediation_plans p on p.id = t.plan_id
      join accounts a on a.id = t.account_id and a.disabled_at is null and a.deletion is null
      left join resources r on r.id = t.resource_id
    where t.plan_id = ${plan.id} and t.state = any(${texts(seen)})
  `);
  const checks = unique(targets.flatMap((target) => target.checks));
  // Nothing that could be read: what isn't seen isn't verified, and what was restored was read when it was.
  if (targets.length === 0 || checks.length === 0) return endUnseen(tx, plan);
  const { scanId, audit } = await beginScan(tx, {
    organisationId: plan.organisationId,
    trigger: "fix",
    requestedBy: null,
    scope: {
      accountIds: unique(targets.map(({ accountId }) => accountId)),
      regions: unique(targets.flatMap(({ region }) => (region && region !== "global" ? [region] : []))),
      services: [],
      checks,
    },
  });
  await tx.execute(sql`
    update remediation_targets set scan_id = ${scanId}
    where plan_id = ${plan.id} and state = any(${texts(seen)})
  `);
  if (plan.state === "running") {
    await tx.execute(sql`
      update remediation_plans set state = 'verifying' where id = ${plan.id} and state = 'running'
    `);
  }
  await addEvents(tx, plan, [{ kind: "verifying", detail: { scanId } }]);
  await appendOwn(tx, plan, audit);
}

async function endUnseen(tx: Transaction, plan: RunningPlan): Promise<void> {
  await tx.execute(sql`
    update remediation_targets set state = 'changed_unverified', finished_at = now(),
      error = concat_ws(' ', error, 'Its account can''t be read any more, so nobody knows whether the fix worked.')
    where plan_id = ${plan.id} and state = 'verifying'
  `);
  await endPlan(tx, plan);
}

const unique = (values: readonly string[]): string[] => [...new Set(values)].sort();
