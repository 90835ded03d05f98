import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { Scope } from "#lib/auth/scope.ts";
import type { ResourceFilter } from "#lib/inventory/resource-filter.ts";

/*
 * Conditions over `resources r`. Queries give the table that name.
 */

/** One of these; nothing at all is one of none. */
export const among = (column: SQLWrapper, values: readonly string[]): SQL =>
  values.length === 0
    ? sql`false`
    : sql`${column} in (${sql.join(
        values.map((value) => sql`${value}`),
        sql`, `,
      )})`;

/** What narrows only when something is chosen. */
const chosen = (column: SQLWrapper, values: readonly string[]): SQL[] =>
  values.length === 0 ? [] : [among(column, values)];

export const all = (conditions: readonly SQL[]): SQL =>
  conditions.length === 0 ? sql`true` : sql.join([...conditions], sql` and `);

/** The organisation's rows in the accounts that the scope may see. */
export const visibleIn = (scope: Scope, organisation: SQLWrapper, account: SQLWrapper): SQL =>
  all([
    sql`${organisation} = ${scope.organisationId}`,
    ...(scope.accountIds ? [among(account, scope.accountIds)] : []),
  ]);

export const visibleResources = (scope: Scope): SQL =>
  visibleIn(scope, sql`r.organisation_id`, sql`r.account_id`);

/** The choices that facets count by, each over the column (or expression) that the caller names it by. */
export type FacetColumns = Record<"account" | "service" | "region" | "kind" | "owner", SQLWrapper>;

export const facetChoices = (filter: ResourceFilter) => ({
  cloud: filter.clouds as readonly string[],
  account: filter.accountIds,
  service: filter.services,
  region: filter.regions,
  kind: filter.kinds,
  owner: filter.owners,
});

export const resourceColumns: FacetColumns = {
  account: sql`r.account_id`,
  service: sql`r.service`,
  region: sql`r.region`,
  kind: sql`r.kind`,
  owner: sql`r.owner`,
};

export function facetConditions(filter: ResourceFilter, columns: FacetColumns): SQL[] {
  const choices = facetChoices(filter);
  const conditions = (Object.keys(columns) as (keyof FacetColumns)[]).flatMap((name) =>
    chosen(columns[name], choices[name]),
  );
  // Of what was imported, the kind doesn't tell the cloud; the account always does.
  for (const cloud of chosen(sql`a.cloud`, choices.cloud)) {
    conditions.push(sql`${columns.account} in (select a.id from accounts a where ${cloud})`);
  }
  return conditions;
}

/** The finding, `f`, is one to be worked on: new or in progress, in the words of the index. */
export const isOpen = (finding: string): SQL =>
  sql`${sql.identifier(finding)}.status = 'open' and ${sql.identifier(finding)}.suppression is null`;

export const hasOpenFinding = sql`exists (select from findings f where f.resource_id = r.id and ${isOpen("f")})`;

/** What the counters don't tell apart: presence, text, tags, findings. */
export function rowConditions(filter: ResourceFilter): SQL[] {
  const conditions: SQL[] = [];
  if (filter.presence === "present") conditions.push(sql`r.deleted_at is null`);
  if (filter.presence === "gone") conditions.push(sql`r.deleted_at is not null`);
  if (filter.text) {
    const pattern = `%${filter.text.replace(/[\\%_]/g, "\\$&")}%`;
    conditions.push(sql`(r.name ilike ${pattern} or r.uid ilike ${pattern})`);
  }
  for (const { key, value } of filter.tags) {
    conditions.push(
      value === undefined ? sql`r.tags ? ${key}` : sql`r.tags @> ${JSON.stringify({ [key]: value })}::jsonb`,
    );
  }
  if (filter.withFindings) {
    conditions.push(hasOpenFinding);
  }
  return conditions;
}

/** All that a filter asks for. */
export const matchingResources = (scope: Scope, filter: ResourceFilter): SQL =>
  all([visibleResources(scope), ...rowConditions(filter), ...facetConditions(filter, resourceColumns)]);
