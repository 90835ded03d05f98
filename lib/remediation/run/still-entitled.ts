import { sql } from "drizzle-orm";
import type { Store } from "#db/client.ts";
import { roles } from "#db/identity/roles.ts";
import { texts } from "#db/remediation/visible.ts";
import { type Permission, rolePermissions } from "../../auth/permissions.ts";
import type { RunningPlan } from "./record.ts";

const withPermission = (permission: Permission) =>
  texts(roles.filter((role) => rolePermissions[role].includes(permission)));

/**
 * Whether those who asked for a plan and approved it could still do so: who was disabled since, lost the role or sees one
 * of the accounts no more has no say in what is changed there, and could not be handed what comes of it.
 */
export async function isStillEntitled(
  db: Store,
  { id, organisationId, accountIds }: Pick<RunningPlan, "id" | "organisationId" | "accountIds">,
): Promise<boolean> {
  const [plan] = await db.execute<{ asks: boolean; approves: boolean }>(sql`
    with people as (
      select u.id, u.role from users u
      where u.organisation_id = ${organisationId} and u.disabled_at is null
        and (u.sees_all_accounts or ${texts(accountIds)} <@ array(
          select v.account_id from user_accounts v where v.user_id = u.id))
    )
    select exists (select from people u
        where u.id = p.requested_by and u.role = any(${withPermission("remediation:propose")})) as asks,
      p.auto_approval is not null or p.approvals_needed <= (
        select count(*) from remediation_approvals a join people u on u.id = a.user_id
        where a.plan_id = p.id and a.plan_hash = p.hash and a.decision = 'approve'
          and u.role = any(${withPermission("remediation:decide")})) as approves
    from remediation_plans p where p.id = ${id}
  `);
  return plan?.asks === true && plan.approves;
}
