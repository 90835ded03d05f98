import { and, type SQL, sql } from "drizzle-orm";
import type { Scope } from "#lib/auth/scope.ts";
import { type Severity, severities } from "#lib/checks/model.ts";
import type { FindingFilter } from "#lib/findings/filter.ts";
import type { FindingSort, Position } from "./cursor.ts";
import { type FindingColumns, openOnly, statusesOf } from "./filters.ts";

/** A piece of a sort's order that an index can be walked along, from the cursor on. */
export type Stretch = {
  /** All its findings have this severity; null where it isn't so. */
  severity: Severity | null;
  /** What holds of all its findings, and of no other stretch's. */
  condition: SQL;
  /** Sources that are each in the order by an index; none where no index has it. */
  branches: SQL[];
  order: SQL;
};

/** The columns of `findings`, or of what has them, under the name that a query gives it. */
export const columnsOf = (name: string): FindingColumns & { openedAt: SQL } => {
  const column = (of: string) => sql.raw(`${name}.${of}`);
  return {
    id: column("id"),
    organisationId: column("organisation_id"),
    accountId: column("account_id"),
    resourceId: column("resource_id"),
    checkId: column("check_id"),
    service: column("service"),
    region: column("region"),
    severity: column("severity"),
    status: column("status"),
    state: column("state"),
    suppression: column("suppression"),
    assigneeId: column("assignee_id"),
    owner: column("owner"),
    source: column("source"),
    openedAt: column("opened_at"),
    dueAt: column("due_at"),
  };
};

/** Neither is ever null; the words are those of the index, which is of no use without them. */
const byOpening = (rising: boolean) =>
  rising
    ? sql.raw("f.opened_at nulls first, f.id nulls first")
    : sql.raw("f.opened_at desc nulls last, f.id desc nulls last");
const place = (at: Position) => sql`(${at.openedAt}::timestamptz, ${at.id})`;

/** What of a sort's order is still to come after the cursor, in pieces. */
export function stretchesOf(
  scope: Scope,
  filter: FindingFilter,
  sort: FindingSort,
  at: Position | null,
): Stretch[] {
  const mine = sql`f.organisation_id = ${scope.organisationId}`;
  const statuses = statusesOf(filter);
  const wanted = severities.filter(
    (each) => filter.severities.length === 0 || filter.severities.includes(each),
  );
  const of = (severity: Severity) =>
    statuses.map((status) => sql`${mine} and f.status = ${status} and f.severity = ${severity}`);
  if (sort === "severity") {
    return wanted
      .filter((severity) => !at || severities.indexOf(severity) >= severities.indexOf(at.severity))
      .map((severity) => ({
        severity,
        condition:
          at?.severity === severity
            ? sql`f.severity = ${severity} and (f.opened_at, f.id) < ${place(at)}`
            : sql`f.severity = ${severity}`,
        branches: of(severity),
        order: byOpening(false),
      }));
  }
  if (sort !== "due") {
    const rising = sort === "oldest";
    const past = at ? sql`(f.opened_at, f.id) ${sql.raw(rising ? ">" : "<")} ${place(at)}` : sql`true`;
    return [{ severity: null, condition: past, branches: wanted.flatMap(of), order: byOpening(rising) }];
  }
  const branches = openOnly(filter) ? [sql`${mine} and f.status = 'open' and f.suppression is null`] : [];
  const dated: Stretch = {
    severity: null,
    condition: at?.dueAt
      ? sql`f.due_at is not null and (f.due_at, f.id) > (${at.dueAt}::timestamptz, ${at.id})`
      : sql`f.due_at is not null`,
    branches,
    order: sql.raw("f.due_at, f.id"),
  };
  const undated: Stretch = {
    severity: null,
    condition: at && at.dueAt === null ? sql`f.due_at is null and f.id > ${at.id}` : sql`f.due_at is null`,
    branches,
    order: sql.raw("f.id"),
  };
  return at && at.dueAt === null ? [undated] : [dated, undated];
}

/** The order of a whole sort, for findings that were gathered. */
export const wholeOrder: Record<FindingSort, SQL> = {
  severity: sql.raw("f.severity desc, f.opened_at desc, f.id desc"),
  newest: byOpening(false),
  oldest: byOpening(true),
  due: sql.raw("f.due_at, f.id"),
};

/**
 * The first findings of a stretch, as many as `budget` says, in order and without any other condition: an index is walked
 * and nothing is sorted.
 */
export function walkOf({ branches, condition, order }: Stretch, budget: number): SQL {
  const branch = (of: SQL) =>
    sql`(select f.* from findings f where ${and(of, condition)} order by ${order} limit ${budget})`;
  const [only, ...others] = branches;
  if (!only) throw new Error("No index has this order.");
  if (others.length === 0) return branch(only);
  return sql`(select f.* from (${sql.join(branches.map(branch), sql` union all `)}) f order by ${order} limit ${budget})`;
}
