import { and, eq, inArray, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { Scope } from "#lib/auth/scope.ts";
import { severities } from "#lib/checks/model.ts";
import type { FindingFilter } from "#lib/findings/filter.ts";
import { type Cloud, clouds } from "#lib/inventory/model.ts";
import type { Store } from "../client.ts";
import { users } from "../identity/schema.ts";
import { cells, type Dimension } from "./cells.ts";
import { choicesOf, dimensionOf, readClouds } from "./choices.ts";
import type { CountCube, CubeChoice } from "./cube/count-cube.ts";
import { keptCounts } from "./cube/keep.ts";
import {
  type Facet,
  facetConditions,
  facets,
  hasUncounted,
  isDue,
  matchingFindings,
  soonDays,
  visible,
} from "./filters.ts";
import type { FacetCount, FacetCounts } from "./model.ts";
import { columnsOf } from "./placing.ts";
import { findingSources, findingStates, findings, workflows } from "./schema.ts";

/** Owners are as many as somebody's tags; a list shows the most frequent. */
const mostOwners = 50;

type Count = { facet: string; value: string; count: number };

/** Every facet counted with the other facets' choices and without its own, and the sum of all that match. */
export async function countFacets(db: Store, scope: Scope, filter: FindingFilter): Promise<FacetCounts> {
  scope.require("findings:read");
  const chosen = facets.filter((facet) => filter[facet].length > 0);
  const [cube, cloudOf] = await Promise.all([
    hasUncounted(filter) ? null : keptCounts(db, scope.organisationId),
    readClouds(db, scope),
  ]);
  const rows = cube
    ? sumKept(cube, scope, choicesOf(filter, cloudOf))
    : await db.execute<Count>(
        sql.join([sumOpen(scope, filter, chosen), ...sumChosen(scope, filter, chosen)], sql` union all `),
      );
  const byFacet = Map.groupBy(rows, ({ facet }) => facet);
  const total = byFacet.get("total")?.[0]?.count ?? 0;
  const due = await countDue(db, scope, filter, total);
  const of = (facet: Facet): FacetCount[] => {
    // Accounts and clouds are summed by the same column, together unless one of them is chosen.
    const own = chosen.includes(facet) ? facet : dimensionOf[facet];
    return (byFacet.get(own) ?? [])
      .map(({ value, count }) => ({ value, count }))
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
  };
  return {
    total,
    states: among(findingStates, of("states")),
    severities: among(severities, of("severities")),
    clouds: sumClouds(of("clouds"), cloudOf),
    accounts: of("accountIds"),
    services: of("services"),
    regions: of("regions"),
    checks: of("checkIds"),
    assignees: await nameAssignees(db, scope, of("assigneeIds")),
    owners: of("owners").filter(({ value }, at) => at < mostOwners || filter.owners.includes(value)),
    sources: among(findingSources, of("sources")),
    due,
  };
}

/** The same rows as the database would answer, from the counts in memory. */
function sumKept(cube: CountCube, scope: Scope, choices: readonly CubeChoice[]): Count[] {
  const { total, by, without } = cube.sum(choices, scope.accountIds);
  return [
    { facet: "total", value: "", count: total },
    ...[...by, ...without].flatMap(([facet, counts]) =>
      [...counts].map(([value, count]) => ({ facet, value, count })),
    ),
  ];
}

/** The dimensions in which nothing is chosen, and the total: all choices hold for them alike, so one pass sums them. */
function sumOpen(scope: Scope, filter: FindingFilter, chosen: readonly Facet[]): SQL {
  const open = [
    ...new Set(facets.filter((facet) => !chosen.includes(facet)).map((facet) => dimensionOf[facet])),
  ];
  const name = (dimension: Dimension) => sql.identifier(dimension);
  const facet = sql`case ${sql.join(
    open.map((dimension) => sql`when grouping(${name(dimension)}) = 0 then ${sql.raw(`'${dimension}'`)}`),
    sql` `,
  )} else 'total' end`;
  const value = sql`coalesce(${sql.join(
    open.map((dimension) => sql`${name(dimension)}::text`),
    sql`, `,
  )}, '')`;
  const sets = sql.join([...open.map((dimension) => sql`(${name(dimension)})`), sql`()`], sql`, `);
  return sql`(select ${facet} as facet, ${value} as value, coalesce(sum(n), 0)::int as count
    from ${cells(scope, filter, open)} c group by grouping sets (${sets})
    having coalesce(sum(n), 0) <> 0)`;
}

/** The facets with a choice, each without its own. */
const sumChosen = (scope: Scope, filter: FindingFilter, chosen: readonly Facet[]): SQL[] =>
  chosen.map((facet) => {
    const dimension = dimensionOf[facet];
    const value = sql.identifier(dimension);
    return sql`(select ${sql.raw(`'${facet}'`)} as facet, ${value}::text as value, sum(n)::int as count
      from ${cells(scope, filter, [dimension], facet)} c group by ${value} having sum(n) <> 0)`;
  });

/** Fewer than this many findings are looked up one by one; among more, the dates are gone through. */
const fewFindings = 3_000;

/**
 * The findings whose date has passed, and whose comes soon, whatever date is asked for.
 *
 * @param total How many findings the filter leaves.
 */
async function countDue(
  db: Store,
  scope: Scope,
  filter: FindingFilter,
  total: number,
): Promise<FacetCounts["due"]> {
  const wanted = workflows.filter((workflow) => filter.states.includes(workflow));
  if (filter.states.length > 0 && wanted.length === 0) return { overdue: 0, soon: 0 };
  // What is due is open and not suppressed, so its state is its workflow.
  const choices = { ...filter, states: [], due: "any" as const };
  const f = columnsOf("f");
  const [row] =
    hasUncounted(choices) || wanted.length === 1 || total < fewFindings
      ? await db
          .select(dueCounts(findings.dueAt))
          .from(findings)
          .where(
            and(
              matchingFindings(scope, choices),
              wanted.length === 1 ? inArray(findings.workflow, wanted) : undefined,
              isDue("either"),
            ),
          )
      : await db
          .select(dueCounts(f.dueAt))
          .from(datesOf(scope))
          .where(and(visible(scope, f), facetConditions(scope, choices, f)));
  return row ?? { overdue: 0, soon: 0 };
}

const dueCounts = (dueAt: SQLWrapper) => ({
  overdue: sql<number>`(count(*) filter (where ${dueAt} < now()))::int`,
  soon: sql<number>`(count(*) filter (where ${dueAt} >= now()))::int`,
});

/**
 * What is due or soon will be, with what facets choose by. All of it stands in the index of dates; OFFSET keeps the planner
 * from taking the index of a choice instead, and with it every finding that this has.
 */
const datesOf = (
  scope: Scope,
): SQL => sql`(select organisation_id, account_id, check_id, service, region, severity, owner, source,
    assignee_id, due_at
  from findings where organisation_id = ${scope.organisationId} and status = 'open' and suppression is null
    and due_at < now() + make_interval(days => ${soonDays}) offset 0) f`;

function sumClouds(counts: readonly FacetCount[], cloudOf: Map<string, Cloud>): FacetCount<Cloud>[] {
  const sums = new Map<Cloud, number>();
  for (const { value, count } of counts) {
    const cloud = cloudOf.get(value);
    if (cloud) sums.set(cloud, (sums.get(cloud) ?? 0) + count);
  }
  return clouds.flatMap((value) => (sums.has(value) ? { value, count: sums.get(value) ?? 0 } : []));
}

/** The counts of a fixed list of values, in its order. */
const among = <T extends string>(values: readonly T[], counts: readonly FacetCount[]): FacetCount<T>[] =>
  values.flatMap((value) => {
    const found = counts.find((each) => each.value === value);
    return found ? { value, count: found.count } : [];
  });

async function nameAssignees(db: Store, scope: Scope, counts: readonly FacetCount[]) {
  const ids = counts.map(({ value }) => value).filter(Boolean);
  const rows =
    ids.length > 0
      ? await db
          .select({ id: users.id, name: users.name })
          .from(users)
          .where(and(eq(users.organisationId, scope.organisationId), inArray(users.id, ids)))
      : [];
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  return counts.map((each) => ({ ...each, name: names.get(each.value) ?? "" }));
}
