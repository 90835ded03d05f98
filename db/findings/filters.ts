import { and, eq, inArray, or, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { Scope } from "#lib/auth/scope.ts";
import type { FindingFilter } from "#lib/findings/filter.ts";
import { accounts } from "../accounts/schema.ts";
import { findings, findingTransitions } from "./schema.ts";
import { matchesText } from "./text.ts";

/** Where the columns are that findings and their counts are chosen by: both tables have them. */
export type Countable = {
  organisationId: SQLWrapper;
  accountId: SQLWrapper;
  checkId: SQLWrapper;
  service: SQLWrapper;
  region: SQLWrapper;
  severity: SQLWrapper;
  state: SQLWrapper;
  assigneeId: SQLWrapper;
  owner: SQLWrapper;
  source: SQLWrapper;
};

/** The columns by which findings are chosen, of the table itself or of an alias of it. */
export type FindingColumns = Countable & {
  id: SQLWrapper;
  resourceId: SQLWrapper;
  status: SQLWrapper;
  suppression: SQLWrapper;
  dueAt: SQLWrapper;
};

/** The choices that a facet counts by. */
export const facets = [
  "states",
  "severities",
  "clouds",
  "accountIds",
  "services",
  "regions",
  "checkIds",
  "assigneeIds",
  "owners",
  "sources",
] as const;
export type Facet = (typeof facets)[number];

/** The rows of the organisation in the accounts that the scope may see. */
export const visible = (scope: Scope, t: Pick<Countable, "organisationId" | "accountId">): SQL | undefined =>
  and(
    eq(t.organisationId, scope.organisationId),
    scope.accountIds ? inArray(t.accountId, [...scope.accountIds]) : undefined,
  );

export const visibleFindings = (scope: Scope): SQL | undefined => visible(scope, findings);

/** PostgreSQL's text has no U+0000, so nothing equals a value that has. */
const storable = (value: string) => !value.includes("\0");

function oneOf(column: SQLWrapper, values: readonly string[]): SQL | undefined {
  return values.length > 0 ? inArray(column, values.filter(storable)) : undefined;
}

/** Nobody is null in findings, and empty in their counts. */
function assignedTo(column: SQLWrapper, values: readonly string[]): SQL | undefined {
  if (!values.includes("")) return oneOf(column, values);
  return or(sql`${column} is null`, oneOf(column, values));
}

/** What the choices of the facets ask for, of findings or of their counts; those of `without` left out. */
export function facetConditions(
  scope: Scope,
  filter: FindingFilter,
  t: Countable,
  without?: Facet,
): SQL | undefined {
  const conditions: Record<Facet, () => SQL | undefined> = {
    states: () => oneOf(t.state, filter.states),
    severities: () => oneOf(t.severity, filter.severities),
    clouds: () =>
      filter.clouds.length > 0
        ? sql`${t.accountId} in (select ${accounts.id} from ${accounts} where ${and(
            eq(accounts.organisationId, scope.organisationId),
            inArray(accounts.cloud, filter.clouds),
          )})`
        : undefined,
    accountIds: () => oneOf(t.accountId, filter.accountIds),
    services: () => oneOf(t.service, filter.services),
    regions: () => oneOf(t.region, filter.regions),
    checkIds: () => oneOf(t.checkId, filter.checkIds),
    assigneeIds: () => assignedTo(t.assigneeId, filter.assigneeIds),
    owners: () => oneOf(t.owner, filter.owners),
    sources: () => oneOf(t.source, filter.sources),
  };
  return and(...facets.filter((facet) => facet !== without).map((facet) => conditions[facet]()));
}

/** Which statuses the wanted states have: all but one are those of an open finding. */
export function statusesOf({ states }: Pick<FindingFilter, "states">): ("open" | "resolved")[] {
  if (states.length === 0) return ["open", "resolved"];
  const open = states.some((state) => state !== "resolved");
  return [
    ...(open ? (["open"] as const) : []),
    ...(states.includes("resolved") ? (["resolved"] as const) : []),
  ];
}

/** Whether only findings are asked for that are to be worked on. */
export const openOnly = ({ states, due }: Pick<FindingFilter, "states" | "due">): boolean =>
  due !== "any" || (states.length > 0 && states.every((state) => state === "new" || state === "in_progress"));

/** The days before its date in which a finding is due soon. */
export const soonDays = 7;

/** Open, not suppressed, and with a date that has passed or comes soon. */
export function isDue(due: FindingFilter["due"] | "either", t: FindingColumns = findings): SQL | undefined {
  if (due === "any") return undefined;
  const soon = sql`now() + make_interval(days => ${soonDays})`;
  const dates = {
    overdue: sql`${t.dueAt} < now()`,
    soon: sql`${t.dueAt} >= now() and ${t.dueAt} < ${soon}`,
    either: sql`${t.dueAt} < ${soon}`,
  };
  return and(eq(t.status, "open"), sql`${t.suppression} is null`, dates[due]);
}

/** What no count is kept by: the text, the scan, the resource, the date. */
export const uncountedConditions = (
  scope: Scope,
  filter: FindingFilter,
  t: FindingColumns = findings,
): SQL | undefined =>
  and(
    filter.text ? matchesText(scope, filter.text, t) : undefined,
    filter.scan ? changedBy(scope, filter.scan, t) : undefined,
    oneOf(t.resourceId, filter.resourceIds),
    isDue(filter.due, t),
  );

export const hasUncounted = (filter: FindingFilter): boolean =>
  filter.text !== "" || filter.scan !== null || filter.resourceIds.length > 0 || filter.due !== "any";

function changedBy(scope: Scope, { id, change }: NonNullable<FindingFilter["scan"]>, t: FindingColumns): SQL {
  if (!storable(id)) return sql`false`;
  return sql`${t.id} in (select ${findingTransitions.findingId} from ${findingTransitions} where ${and(
    eq(findingTransitions.organisationId, scope.organisationId),
    eq(findingTransitions.scanId, id),
    eq(findingTransitions.kind, change),
  )})`;
}

/** The findings that the scope may see and the filter asks for, as one condition over the columns of `findings` alone. */
export const matchingFindings = (scope: Scope, filter: FindingFilter, t: FindingColumns = findings): SQL =>
  and(
    visible(scope, t),
    // Said beside the state, which says it too, since indexes know the status.
    inArray(t.status, statusesOf(filter)),
    openOnly(filter) ? sql`${t.suppression} is null` : undefined,
    facetConditions(scope, filter, t),
    uncountedConditions(scope, filter, t),
  ) ?? sql`false`;
