import { type SQL, sql } from "drizzle-orm";
import type { Scope } from "#lib/auth/scope.ts";

/** A list of texts as one parameter. */
export const texts = (values: readonly string[]): SQL =>
  sql`array(select jsonb_array_elements_text(${JSON.stringify(values)}::jsonb))`;

/**
 * Over `p`, a plan: that it is the organisation's, and touches no account that the scope can't see. The database keeps the
 * accounts with the plan, so this takes no join.
 */
export const visiblePlans = (scope: Pick<Scope, "organisationId" | "accountIds">): SQL =>
  scope.accountIds === null
    ? sql`p.organisation_id = ${scope.organisationId}`
    : sql`p.organisation_id = ${scope.organisationId} and p.account_ids <> '{}' and p.account_ids <@ ${texts(scope.accountIds)}`;
