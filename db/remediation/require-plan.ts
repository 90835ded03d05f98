import { sql } from "drizzle-orm";
import type { Scope } from "#lib/auth/scope.ts";
import { DomainError } from "#lib/errors.ts";
import type { Store } from "../client.ts";
import { visiblePlans } from "./visible.ts";

/** Throws `not_found` for a plan that isn't there, is another organisation's, or touches an account that can't be seen. */
export async function requirePlan(db: Store, scope: Scope, planId: string): Promise<void> {
  scope.require("remediation:read");
  const rows = await db.execute(
    sql`select from remediation_plans p where p.id = ${planId} and ${visiblePlans(scope)}`,
  );
  if (rows.length === 0) throw new DomainError("not_found", "There is no such plan.");
}
