import { sql } from "drizzle-orm";
import type { Scope } from "#lib/auth/scope.ts";
import type { Database, Transaction } from "../client.ts";
import { isVisibleWhole } from "./exception-queries.ts";

/** Risk acceptances that others have asked for and that nobody has decided on, over accounts that the scope may see. */
export async function countAsked(db: Database | Transaction, scope: Scope): Promise<number> {
  scope.require("findings:read");
  const [row] = await db.execute<{ asked: number }>(sql`
    select count(*)::int as asked from finding_exceptions e
    where e.organisation_id = ${scope.organisationId} and e.status = 'asked' and e.kind = 'risk_accepted'
      and e.asked_by <> ${scope.actor.id} and ${isVisibleWhole(scope)}
  `);
  return row?.asked ?? 0;
}
