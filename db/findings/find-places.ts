import { and, type SQL, sql } from "drizzle-orm";
import type { Scope } from "#lib/auth/scope.ts";
import { type Severity, severities } from "#lib/checks/model.ts";
import type { FindingFilter } from "#lib/findings/filter.ts";
import type { Store } from "../client.ts";
import { choicesOf, readClouds } from "./choices.ts";
import type { CubeChoice } from "./cube/count-cube.ts";
import { keptCounts } from "./cube/keep.ts";
import type { FindingSort, Position } from "./cursor.ts";
import { type FindingColumns, matchingFindings, statusesOf } from "./filters.ts";
import { columnsOf, type Stretch, stretchesOf, walkOf, wholeOrder } from "./placing.ts";
import { findingStates } from "./schema.ts";
import { planText, type TextPlan } from "./text-plan.ts";

export type Place = Position & { resourceId: string };

export type PlaceRequest = {
  sort: FindingSort;
  limit: number;
  at: Position | null;
  /** True for only the first finding of each resource, in the order of severity. */
  firstOfResource?: boolean;
};

/** Findings walked past when nothing is known of how many match. */
const usualBudget = 4_000;
const mostBudget = 60_000;
/** Findings gathered in one go, beyond which it pays to gather one severity after the other. */
const mostAtOnce = 15_000;

/**
 * Where the next findings stand that match, in order. Two ways lead there. What is common is met soon by walking along the
 * order; what is rare is gathered by an index of what makes it rare, and sorted. The kept counts tell which of the two is
 * shorter; where they can't, a short walk does, and what it doesn't find is gathered.
 */
export async function findPlaces(
  db: Store,
  scope: Scope,
  filter: FindingFilter,
  request: PlaceRequest,
): Promise<Place[]> {
  const text = await planText(db, scope, filter.text);
  const outlook = await lookAhead(db, scope, filter, text);
  const search = new Search(db, scope, filter, request, text);
  const found: Place[] = [];
  const stretches = stretchesOf(scope, filter, request.sort, request.at).filter(
    ({ severity }) => severity === null || !outlook || outlook.most(severity) > 0,
  );
  for (const [at, stretch] of stretches.entries()) {
    const need = request.limit - found.length;
    const rest = stretches.slice(at);
    const toGather = outlook ? sumOver(rest, outlook.likely) : Number.POSITIVE_INFINITY;
    const toWalk = outlook ? walkLength(need, stretch, outlook) : usualBudget / 4;
    if (stretch.branches.length > 0 && filter.resourceIds.length === 0 && toWalk < toGather) {
      // What is grave is due early, so by date they lie less evenly.
      const spare = request.sort === "due" ? 20_000 : 1_000;
      const walked = await search.walk(stretch, need, Math.min(mostBudget, Math.ceil(3 * toWalk) + spare));
      if (walked.length >= need) return [...found, ...walked];
    }
    // When many more stand further on, only this stretch is gathered.
    if (rest.length > 1 && toGather > mostAtOnce && outlook && !request.firstOfResource) {
      found.push(...(await search.gather([stretch], need)));
      if (found.length >= request.limit) return found;
      continue;
    }
    return [...found, ...(await search.gather(rest, need))];
  }
  return found;
}

/** How many findings are likely walked past until enough are met, if those that match lie evenly among the others. */
function walkLength(need: number, stretch: Stretch, { likely, all }: Outlook): number {
  const [matching, there] = [sumOver([stretch], likely), sumOver([stretch], all)];
  return matching > need ? (need * there) / matching : there;
}

const sumOver = (stretches: readonly Stretch[], count: (severity: Severity) => number): number =>
  (stretches.some(({ severity }) => severity === null)
    ? [...severities]
    : stretches.flatMap(({ severity }) => severity ?? [])
  ).reduce((sum, severity) => sum + count(severity), 0);

/** What the counts in memory say, by severity. */
type Outlook = {
  /** Findings that match the facets: no more than these match. */
  most(severity: Severity): number;
  /** About so many match. */
  likely(severity: Severity): number;
  /** Those there are in the statuses asked for, matching or not. */
  all(severity: Severity): number;
};

/** Of what is asked for beside the facets, a guess at the share that has it. */
const shareOf = { any: 1, overdue: 0.2, soon: 0.1, scan: 0.02, text: 0.04 };

async function lookAhead(
  db: Store,
  scope: Scope,
  filter: FindingFilter,
  text: TextPlan | null,
): Promise<Outlook | null> {
  const cube = await keptCounts(db, scope.organisationId);
  if (!cube) return null;
  const choices = choicesOf(filter, filter.clouds.length > 0 ? await readClouds(db, scope) : new Map());
  const count = (asked: CubeChoice[]): ((severity: Severity) => number) => {
    // Kept beside the counts, for the list as most people open it.
    if (!scope.accountIds && asked.every(({ facet }) => facet === "states" || facet === "severities")) {
      const wanted: readonly string[] = filter.states.length > 0 ? filter.states : findingStates;
      return (severity: Severity) =>
        filter.severities.length === 0 || filter.severities.includes(severity)
          ? wanted.reduce((sum, state) => sum + cube.total(state, severity), 0)
          : 0;
    }
    const sums = cube.sum(asked, scope.accountIds, ["severity"]).by.get("severity");
    return (severity: Severity) => sums?.get(severity) ?? 0;
  };
  const most = count(choices);
  const share = shareOf[filter.due] * (filter.scan ? shareOf.scan : 1);
  const checks = { facet: "text", dimension: "checkId", values: new Set(text?.checkIds ?? []) } as const;
  const named = text ? count([...choices, checks]) : most;
  const statuses = statusesOf(filter);
  const states = findingStates.filter((state) => statuses.includes(state === "resolved" ? state : "open"));
  return {
    most,
    likely: (severity) =>
      share *
      (text && !text.narrow ? Math.max(named(severity), shareOf.text * most(severity)) : named(severity)),
    all: (severity) => states.reduce((sum, state) => sum + cube.total(state, severity), 0),
  };
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
