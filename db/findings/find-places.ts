import { and, type SQL, sql } from "drizzle-orm";
import type { Scope } from "#lib/auth/scope.ts";
import type { Severity } from "#lib/checks/model.ts";
import type { FindingFilter } from "#lib/findings/filter.ts";
import type { Store } from "../client.ts";
import { choicesOf, readClouds } from "./choices.ts";
import { keptCounts } from "./cube/keep.ts";
import type { FindingSort, Position } from "./cursor.ts";
import { type FindingColumns, matchingFindings } from "./filters.ts";
import { columnsOf, type Stretch, stretchesOf, walkOf, wholeOrder } from "./placing.ts";
import { planText, type TextPlan } from "./text-plan.ts";

export type Place = Position & { resourceId: string };

export type PlaceRequest = {
  sort: FindingSort;
  limit: number;
  at: Position | null;
  /** True for only the first finding of each resource, in the order of severity. */
  firstOfResource?: boolean;
};

/** So many that match are gathered and sorted; more are found by walking along their order. */
const fewMatches = 1_500;
/** Findings walked past when nothing is known of how many match. */
const usualBudget = 4_000;
const mostBudget = 60_000;

/**
 * Where the next findings stand that match, in order. Two ways lead there. What is common is met soon by walking along the
 * order; what is rare is gathered by an index of what makes it rare, and sorted. The kept counts tell which of the two it
 * is; where they can't, a short walk does, and what it doesn't find is gathered.
 */
export async function findPlaces(
  db: Store,
  scope: Scope,
  filter: FindingFilter,
  request: PlaceRequest,
): Promise<Place[]> {
  const [text, expected] = await Promise.all([
    planText(db, scope, filter.text),
    countBySeverity(db, scope, filter),
  ]);
  const search = new Search(db, scope, filter, request, text);
  const found: Place[] = [];
  const stretches = stretchesOf(scope, filter, request.sort, request.at).filter(
    ({ severity }) => severity === null || !expected || (expected.get(severity) ?? 0) > 0,
  );
  for (const [at, stretch] of stretches.entries()) {
    const need = request.limit - found.length;
    const rest = stretches.slice(at);
    const ahead = expected ? sumOf(expected, rest) : null;
    const rare = ahead !== null && ahead <= fewMatches;
    const named = filter.resourceIds.length > 0 || (text?.narrow === true && !search.textNamesChecks);
    if (stretch.branches.length > 0 && !rare && !named) {
      const here = expected ? sumOf(expected, [stretch]) : null;
      const walked = await search.walk(stretch, need, budgetOf(need, here));
      if (walked.length >= need) return [...found, ...walked];
    }
    // Many more stand further on: only this stretch is gathered.
    if (ahead !== null && !rare && !named && rest.length > 1 && !request.firstOfResource) {
      found.push(...(await search.gather([stretch], need)));
      if (found.length >= request.limit) return found;
      continue;
    }
    return [...found, ...(await search.gather(rest, need))];
  }
  return found;
}

/** Enough to meet those needed several times over, if they are spread evenly among a million. */
function budgetOf(need: number, here: number | null): number {
  if (here === null) return usualBudget;
  return Math.min(mostBudget, Math.max(1_000, Math.ceil((4 * need * 250_000) / Math.max(1, here))));
}

const sumOf = (expected: Map<Severity, number>, stretches: readonly Stretch[]): number =>
  stretches.some(({ severity }) => severity === null)
    ? [...expected.values()].reduce((sum, each) => sum + each, 0)
    : stretches.reduce((sum, { severity }) => sum + (severity ? (expected.get(severity) ?? 0) : 0), 0);

/** How many findings the choices of the facets leave, by severity, or null where that isn't known at once. */
async function countBySeverity(
  db: Store,
  scope: Scope,
  filter: FindingFilter,
): Promise<Map<Severity, number> | null> {
  const cube = await keptCounts(db, scope.organisationId);
  if (!cube) return null;
  const choices = choicesOf(filter, filter.clouds.length > 0 ? await readClouds(db, scope) : new Map());
  const { by } = cube.sum(choices, scope.accountIds, ["severity"]);
  return (by.get("severity") ?? new Map()) as Map<Severity, number>;
}

const placeColumns = sql.raw(
  `f.id, f.severity::text as severity, f.resource_id as "resourceId", ${["opened_at", "due_at"]
    .map(
      (column) =>
        `to_char(f.${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "${column === "opened_at" ? "openedAt" : "dueAt"}"`,
    )
    .join(", ")}`,
);

class Search {
  readonly #db: Store;
  readonly #scope: Scope;
  readonly #filter: FindingFilter;
  readonly #request: PlaceRequest;
  readonly #text: TextPlan | null;

  constructor(db: Store, scope: Scope, filter: FindingFilter, request: PlaceRequest, text: TextPlan | null) {
    this.#db = db;
    this.#scope = scope;
    this.#filter = filter;
    this.#request = request;
    this.#text = text;
  }

  get textNamesChecks(): boolean {
    return this.#text?.namesChecks === true;
  }

  async walk(stretch: Stretch, need: number, budget: number): Promise<Place[]> {
    const f = columnsOf("f");
    return this.#run(sql`select ${placeColumns} from ${walkOf(stretch, budget)} f
      where ${and(this.#matching(f, "test"), this.#isFirst(f))} order by ${stretch.order} limit ${need}`);
  }

  async gather(stretches: readonly Stretch[], need: number): Promise<Place[]> {
    const order = wholeOrder[this.#request.sort];
    const ahead = sql`(${sql.join(
      stretches.map(({ condition }) => sql`(${condition})`),
      sql` or `,
    )})`;
    const matching = this.#matching(columnsOf("f"), "gather");
    if (!this.#request.firstOfResource) {
      return this.#run(sql`with gathered as materialized (select f.* from findings f where ${and(matching, ahead)})
        select ${placeColumns} from gathered f order by ${order} limit ${need}`);
    }
    return this.#run(sql`with gathered as materialized (
        select distinct on (f.resource_id) f.* from findings f where ${matching} order by f.resource_id, ${order})
      select ${placeColumns} from gathered f where ${ahead} order by ${order} limit ${need}`);
  }

  async #run(query: SQL): Promise<Place[]> {
    return this.#db.execute<Place>(query);
  }

  #matching(t: FindingColumns, way: "gather" | "test"): SQL | undefined {
    const text = this.#text ? this.#text[way](t) : undefined;
    return and(matchingFindings(this.#scope, { ...this.#filter, text: "" }, t), text);
  }

  /** That no finding of the same resource matches and is placed before. */
  #isFirst(f: FindingColumns & { openedAt: SQL }): SQL | undefined {
    if (!this.#request.firstOfResource) return undefined;
    const better = columnsOf("better");
    return sql`not exists (select 1 from findings better where ${and(
      sql`${better.resourceId} = ${f.resourceId}`,
      sql`(${better.severity}, ${better.openedAt}, ${better.id}) > (${f.severity}, ${f.openedAt}, ${f.id})`,
      this.#matching(better, "test"),
    )})`;
  }
}
