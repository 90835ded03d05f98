import { and, type SQL, sql } from "drizzle-orm";
import type { Scope } from "#lib/auth/scope.ts";
import type { FindingFilter } from "#lib/findings/filter.ts";
import {
  type Countable,
  type Facet,
  facetConditions,
  hasUncounted,
  uncountedConditions,
  visible,
} from "./filters.ts";
import { findingCountChanges, findingCounts, findings } from "./schema.ts";

/** What findings are counted by. */
export const dimensions = [
  "accountId",
  "checkId",
  "service",
  "region",
  "severity",
  "state",
  "assigneeId",
  "owner",
  "source",
] as const;
export type Dimension = (typeof dimensions)[number];

/**
 * What counts are summed from, as `from` takes it: rows of the dimensions asked for, named like the property, and `n`.
 * The kept counts and what is not folded into them yet where those can answer, the findings themselves where they can't.
 * One statement sees both in one snapshot, so the sum is exact.
 */
export function cells(
  scope: Scope,
  filter: FindingFilter,
  wanted: readonly Dimension[],
  without?: Facet,
): SQL {
  const chosen = (t: Countable) => and(visible(scope, t), facetConditions(scope, filter, t, without));
  const named = (t: Countable) =>
    sql.join(
      wanted.map((dimension) => sql`${t[dimension]} as ${sql.identifier(dimension)}`),
      sql`, `,
    );
  if (hasUncounted(filter)) {
    const nobody = { ...findings, assigneeId: sql`coalesce(${findings.assigneeId}, '')` };
    return sql`(select ${named(nobody)}, 1 as n from ${findings}
      where ${and(chosen(findings), uncountedConditions(scope, filter))})`;
  }
  return sql`(select ${named(findingCounts)}, ${findingCounts.findings} as n from ${findingCounts}
      where ${chosen(findingCounts)}
    union all select ${named(findingCountChanges)}, ${findingCountChanges.findings}
      from ${findingCountChanges} where ${chosen(findingCountChanges)})`;
}
