import { sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { array } from "#lib/scans/store/merge.ts";
import type { ActionContext } from "../action-handler.ts";
import type { NoticeSettings } from "./notification.ts";

/** Users who are to be told of a resource's change and may see it, by name; never ones who were disabled. */
export async function findRecipients(
  db: Database,
  settings: NoticeSettings,
  { organisationId, planId, target }: Pick<ActionContext, "organisationId" | "planId" | "target">,
): Promise<{ id: string; name: string }[]> {
  const rows = await db.execute<{ id: string; name: string }>(sql`
    with target as (
      select r.id, r.account_id, lower(r.owner) as owner
      from resources r join accounts a on a.id = r.account_id
      where a.organisation_id = ${organisationId} and r.uid = ${target.uid}
    )
    select distinct u.id, u.name from users u, target t
    where u.organisation_id = ${organisationId} and u.disabled_at is null
      and (u.sees_all_accounts or exists (
        select from user_accounts v where v.user_id = u.id and v.account_id = t.account_id))
      and (
        u.role = any(${array(settings.roles)})
        or ${settings.owners} and t.owner <> '' and lower(u.email) = t.owner
        or ${settings.assignees} and exists (
          select from findings f where f.resource_id = t.id and f.assignee_id = u.id
            and f.status <> 'resolved')
        or ${settings.requester} and exists (
          select from remediation_plans p where p.id = ${planId} and p.organisation_id = ${organisationId}
            and p.requested_by = u.id)
      )
    order by u.name, u.id
  `);
  return rows.map(({ id, name }) => ({ id, name }));
}
