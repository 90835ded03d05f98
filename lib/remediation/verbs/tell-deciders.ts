import { sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { roles } from "#db/identity/roles.ts";
import { texts } from "#db/remediation/visible.ts";
import { rolePermissions } from "../../auth/permissions.ts";
import { tell } from "../../findings/triage/tell.ts";
import { queueMails } from "../../mail/queue-mails.ts";
import type { HeldPlan } from "./hold-plan.ts";

const deciding = roles.filter((role) => rolePermissions[role].includes("remediation:decide"));

type Asked = Pick<HeldPlan, "id" | "organisationId" | "requestedBy" | "accountIds" | "title" | "reason">;

/** Tells everybody who may decide on a plan, in the browser and by e-mail. */
export async function tellDeciders(tx: Transaction, plan: Asked): Promise<void> {
  const { id: planId, organisationId, requestedBy } = plan;
  const deciders = await findDeciders(tx, plan);
  await tell(tx, deciders, {
    ...{ organisationId, kind: "fix_asked", actorId: requestedBy, planId },
    excerpt: `${plan.title}: ${plan.reason}`,
  });
  await queueMails(tx, organisationId, deciders, { kind: "approval_asked", planId });
}

/** Who may decide: by role, because they see every account that it touches, and because they did not ask for it. */
export async function findDeciders(
  tx: Transaction,
  { organisationId, requestedBy, accountIds }: Omit<Asked, "id" | "title" | "reason">,
): Promise<string[]> {
  const users = await tx.execute<{ id: string }>(sql`
    select u.id from users u
    where u.organisation_id = ${organisationId} and u.disabled_at is null and u.id <> ${requestedBy}
      and u.role = any(${texts(deciding)})
      and (u.sees_all_accounts or ${texts(accountIds)} <@ array(
        select v.account_id from user_accounts v where v.user_id = u.id))
    order by u.id
  `);
  return users.map(({ id }) => id);
}
