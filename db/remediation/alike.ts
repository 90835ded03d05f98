import { sql } from "drizzle-orm";
import type { Scope } from "#lib/auth/scope.ts";
import type { Store } from "../client.ts";
import { texts, visiblePlans } from "./visible.ts";

/**
 * A word for each of these plans, by id: the same for plans of the same version of a playbook with the same parameters,
 * which differ in nothing but the resources. Plans that can't be seen are left out.
 */
export async function readAlike(
  db: Store,
  scope: Scope,
  planIds: readonly string[],
): Promise<Map<string, string>> {
  scope.require("remediation:read");
  if (planIds.length === 0) return new Map();
  const rows = await db.execute<{ id: string; alike: string }>(sql`
    select p.id, p.playbook || ' ' || md5(p.playbook_hash || ' ' || p.parameters::text) as alike
    from remediation_plans p where p.id = any(${texts(planIds)}) and ${visiblePlans(scope)}
  `);
  return new Map(rows.map(({ id, alike }) => [id, alike]));
}
