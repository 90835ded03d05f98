import { sql } from "drizzle-orm";
import type { Scope } from "#lib/auth/scope.ts";
import type { Store } from "../client.ts";
import { texts, visiblePlans } from "./visible.ts";

/** What helps to tell plans of one playbook apart. */
export type PlanHint = {
  /** The name of the first of its resources. */
  resource: string;
  /** The same for plans of the same version of a playbook with the same parameters: they differ in the resources alone. */
  alike: string;
};

/** Hints by plan id; plans that can't be seen are left out. */
export async function readPlanHints(
  db: Store,
  scope: Scope,
  planIds: readonly string[],
): Promise<Map<string, PlanHint>> {
  scope.require("remediation:read");
  if (planIds.length === 0) return new Map();
  const rows = await db.execute<PlanHint & { id: string }>(sql`
    select p.id, p.playbook || ' ' || md5(p.playbook_hash || ' ' || p.parameters::text) as alike,
      left(coalesce(nullif(trim(t.name), ''), t.uid, ''), 300) as resource
    from remediation_plans p left join remediation_targets t on t.plan_id = p.id and t.ordinal = 0
    where p.id = any(${texts(planIds)}) and ${visiblePlans(scope)}
  `);
  return new Map(rows.map(({ id, ...hint }) => [id, hint]));
}
