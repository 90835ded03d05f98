import { sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { texts } from "#db/remediation/visible.ts";
import type { HeldPlan } from "./hold-plan.ts";

/**
 * Ids of the standing approvals that together cover a plan: one for every account and severity in it. Empty when one is
 * lacking, or the plan is none that rules may approve: low risk, reversible, and one person's to approve, which a rule is. A rule that the requester made doesn't count
 * for them: nobody approves what they ask for, beforehand neither. Nor does one that is older than the playbook as it is now.
 */
export async function findAutoApproval(
  tx: Transaction,
  plan: Pick<
    HeldPlan,
    | "id"
    | "organisationId"
    | "playbook"
    | "risk"
    | "reversible"
    | "approvalsNeeded"
    | "accountIds"
    | "requestedBy"
  >,
): Promise<string[]> {
  if (plan.risk !== "low" || !plan.reversible || plan.approvalsNeeded > 1) return [];
  const rows = await tx.execute<{ id: string | null }>(sql`
    with wanted as (
      select distinct t.account_id, f.severity::text as severity
      from remediation_targets t join remediation_findings i on i.target_id = t.id join findings f on f.id = i.finding_id
      where t.plan_id = ${plan.id}
    )
    select a.id from wanted w left join auto_approvals a on a.organisation_id = ${plan.organisationId}
      and a.playbook = ${plan.playbook} and a.account_id = w.account_id and a.severity = w.severity
      and a.created_by <> ${plan.requestedBy} and not exists (
        -- Whoever made the rule has read the playbook as it was then, and nobody has agreed to what it was made since.
        select from custom_playbooks c where c.organisation_id = a.organisation_id and c.key = a.playbook
          and c.created_at > a.created_at)
    union all
    -- An account whose findings are gone has no severity that a rule could be for.
    select null from unnest(${texts(plan.accountIds)}) as o (id) where o.id not in (select account_id from wanted)
    order by 1
  `);
  const ids = rows.flatMap(({ id }) => (id === null ? [] : [id]));
  return ids.length === rows.length ? ids : [];
}
