import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { matchingFindings } from "#db/findings/filters.ts";
import { findings } from "#db/findings/schema.ts";
import { array } from "#lib/scans/store/merge.ts";
import type { Scope } from "../../auth/scope.ts";
import { DomainError } from "../../errors.ts";
import type { FindingFilter } from "../filter.ts";

export type HeldFinding = { id: string; revision: number; accountId: string };

/** Over `f`, a finding: that it belongs to the organisation, and to an account that the scope sees. */
export const isVisible = (scope: Pick<Scope, "organisationId" | "accountIds">): SQL =>
  sql`f.organisation_id = ${scope.organisationId} and ${
    scope.accountIds === null ? sql`true` : sql`f.account_id = any(${array(scope.accountIds)})`
  }`;

/**
 * Holds findings until the transaction ends, always in the order of their ids, so that two who want the same ones can't
 * wait for each other. Throws `not_found` when any of them can't be seen.
 */
export async function holdNamed(
  tx: Transaction,
  scope: Scope,
  findingIds: readonly string[],
): Promise<HeldFinding[]> {
  const wanted = new Set(findingIds);
  // No id has such characters, and the database would take them for a mistake in the statement.
  const possible = [...wanted].filter((id) => /^[\w-]+$/.test(id));
  const held = await tx.execute<HeldFinding>(sql`
    select f.id, f.revision, f.account_id as "accountId" from findings f
    where f.id = any(${array(possible)}) and ${isVisible(scope)} order by f.id for no key update
  `);
  if (held.length < wanted.size) {
    const missing = wanted.size - held.length;
    throw new DomainError(
      "not_found",
      wanted.size === 1
        ? "There is no such finding."
        : `Nothing was changed: ${missing === 1 ? "one of these findings isn't" : `${missing} of these findings aren't`} there any more.`,
    );
  }
  return [...held];
}

/** Ids of what matches a filter now: up to `most` and one more, by which it is seen that there are more. */
export async function findMatching(
  tx: Transaction,
  scope: Scope,
  filter: FindingFilter,
  most: number,
): Promise<string[]> {
  const found = await tx
    .select({ id: findings.id })
    .from(findings)
    .where(matchingFindings(scope, filter))
    .limit(most + 1);
  return found.map(({ id }) => id);
}

/** Notes what matches a filter now as what a change has to do; returns how many they are. */
export async function storeMatching(
  tx: Transaction,
  scope: Scope,
  filter: FindingFilter,
  changeId: string,
): Promise<number> {
  const stored = await tx.execute(sql`
    insert into triage_items (change_id, finding_id)
    select ${changeId}, ${findings.id} from ${findings}
    where ${matchingFindings(scope, filter)}
  `);
  return stored.count ?? 0;
}
