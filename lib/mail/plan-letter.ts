import { sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { env } from "../env.ts";
import type { PlanState } from "../remediation/model.ts";
import type { PlanLetter } from "./compose.ts";

type Row = {
  title: string;
  reason: string;
  state: PlanState;
  risk: string;
  reversible: boolean;
  expires_at: string | null;
  asker: string;
  resources: number;
  accounts: string[];
  decided_by: string | null;
  decision: "approve" | "reject" | null;
  decision_reason: string | null;
};

/** What a letter to `reader` about a plan tells; null when there is no such plan, or one of accounts unseen by the reader. */
export async function readPlanLetter(
  db: Database,
  organisationId: string,
  planId: string,
  reader: { id: string; seesAllAccounts: boolean },
): Promise<PlanLetter | null> {
  const [row] = await db.execute<Row>(sql`
    select p.title, p.reason, p.state, p.risk, p.reversible, p.expires_at, u.name as asker,
      (select count(*)::int from remediation_targets t where t.plan_id = p.id) as resources,
      coalesce((select array_agg(a.name order by a.name) from accounts a
        where a.organisation_id = p.organisation_id and a.id = any(p.account_ids)), '{}') as accounts,
      d.name as decided_by, d.decision, d.reason as decision_reason
    from remediation_plans p
    join users u on u.id = p.requested_by
    left join lateral (
      select r.decision, r.reason, v.name from remediation_approvals r join users v on v.id = r.user_id
      where r.plan_id = p.id order by r.at desc limit 1
    ) d on true
    where p.id = ${planId} and p.organisation_id = ${organisationId}
      and (${reader.seesAllAccounts} or p.account_ids <@ array(
        select account_id from user_accounts v where v.user_id = ${reader.id}))
  `);
  if (!row) return null;
  const { title, reason, state, risk, reversible, resources, accounts, asker } = row;
  return {
    ...{ title, reason, state, risk, reversible, resources, accounts },
    requestedBy: asker,
    expiresAt: row.expires_at === null ? null : new Date(row.expires_at),
    decision:
      row.decided_by !== null && row.decision !== null
        ? {
            by: row.decided_by,
            verb: row.decision === "approve" ? "approved" : "rejected",
            reason: row.decision_reason ?? "",
          }
        : null,
    url: `${env().authUrl}/remediation/${encodeURIComponent(planId)}`,
  };
}
