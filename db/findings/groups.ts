import { inArray, sql } from "drizzle-orm";
import type { Scope } from "#lib/auth/scope.ts";
import { type Severity, severities } from "#lib/checks/model.ts";
import type { FindingFilter } from "#lib/findings/filter.ts";
import { accounts } from "../accounts/schema.ts";
import type { Store } from "../client.ts";
import { cells, type Dimension } from "./cells.ts";
import { choicesOf, readClouds } from "./choices.ts";
import { keptCounts } from "./cube/keep.ts";
import { hasUncounted } from "./filters.ts";
import type { FindingGroup, FindingGrouping, FindingGroupPage } from "./model.ts";
import { listResourceGroups } from "./resource-groups.ts";
import { noSeverities } from "./severity-counts.ts";

export type GroupRequest = { by: FindingGrouping; limit: number; after?: string };

const dimensionOf = { check: "checkId", account: "accountId", owner: "owner" } as const;

/** The findings that match, put together by what they are alike in; those with the gravest findings come first. */
export async function listFindingGroups(
  db: Store,
  scope: Scope,
  filter: FindingFilter,
  { by, limit, after }: GroupRequest,
): Promise<FindingGroupPage> {
  scope.require("findings:read");
  if (by === "resource") return listResourceGroups(db, scope, filter, { limit, ...(after ? { after } : {}) });
  const groups = (await sumGroups(db, scope, filter, dimensionOf[by])).sort(compareGroups);
  const at = after === undefined ? null : decodePlace(after);
  const from = at ? groups.findIndex((group) => compareGroups(group, at) > 0) : 0;
  const page = from < 0 ? [] : groups.slice(from, from + limit);
  const last = page.at(-1);
  const names =
    by === "account"
      ? await nameAccounts(
          db,
          page.map(({ key }) => key),
        )
      : null;
  return {
    groups: page.map((group) => ({ ...group, name: names?.get(group.key) ?? group.key, resources: null })),
    next: last && from + limit < groups.length ? encodePlace(last) : null,
    total: groups.length,
  };
}

type Sum = Pick<FindingGroup, "key" | "findings" | "severities">;
type Place = Pick<Sum, "key" | "severities">;

/** By the number of critical findings, then of high ones, and so on; then by key, so that the order is total. */
function compareGroups(a: Place, b: Place): number {
  for (const severity of severities) {
    const difference = b.severities[severity] - a.severities[severity];
    if (difference !== 0) return difference;
  }
  return a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
}

async function sumGroups(
  db: Store,
  scope: Scope,
  filter: FindingFilter,
  dimension: Dimension,
): Promise<Sum[]> {
  const rows = await sumBySeverity(db, scope, filter, dimension);
  const sums = new Map<string, Sum>();
  for (const { key, severity, count } of rows) {
    const sum = sums.get(key) ?? { key, findings: 0, severities: noSeverities() };
    sum.findings += count;
    sum.severities[severity] = count;
    sums.set(key, sum);
  }
  return [...sums.values()];
}

/*
 * A cursor is the place of the last group: its counts and its key. Counts move while somebody pages; the page that follows
 * begins after that place in the order as it then is.
 */
const encodePlace = ({ key, severities: counts }: Place): string =>
  `${severities.map((severity) => counts[severity]).join(".")}~${key}`;

function decodePlace(cursor: string): Place | null {
  const [, counts, key] = /^(\d{1,9}(?:\.\d{1,9}){4})~(.*)$/s.exec(cursor) ?? [];
  if (counts === undefined || key === undefined) return null;
  const numbers = counts.split(".").map(Number);
  const place: Place = { key, severities: noSeverities() };
  severities.forEach((severity, at) => {
    place.severities[severity] = numbers[at] ?? 0;
  });
  return place;
}

async function nameAccounts(db: Store, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ id: accounts.id, name: accounts.name })
    .from(accounts)
    .where(inArray(accounts.id, [...ids]));
  return new Map(rows.map(({ id, name }) => [id, name]));
}

type SeveritySum = { key: string; severity: Severity; count: number };

async function sumBySeverity(
  db: Store,
  scope: Scope,
  filter: FindingFilter,
  dimension: Dimension,
): Promise<SeveritySum[]> {
  const cube = hasUncounted(filter) ? null : await keptCounts(db, scope.organisationId);
  if (cube) {
    const choices = choicesOf(filter, filter.clouds.length > 0 ? await readClouds(db, scope) : new Map());
    return cube
      .sumPairs(choices, scope.accountIds, dimension, "severity")
      .map(({ first, second, count }) => ({ key: first, severity: second as Severity, count }));
  }
  const key = sql.identifier(dimension);
  return db.execute<SeveritySum>(
    sql`select ${key} as key, severity, sum(n)::int as count
      from ${cells(scope, filter, [dimension, "severity"])} c group by 1, 2 having sum(n) <> 0`,
  );
}
