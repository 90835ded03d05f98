import { type SQL, sql } from "drizzle-orm";
import type { Scope } from "#lib/auth/scope.ts";
import type { Severity } from "#lib/checks/model.ts";
import { DomainError } from "#lib/errors.ts";
import type { Database, Transaction } from "../client.ts";
import type { FindingException, Person } from "../findings/model.ts";

type Store = Database | Transaction;

/** A mute or an acceptance with what it was asked for. */
export type ExceptionView = FindingException & {
  revision: number;
  /** How many findings it was asked for, by severity and in all. */
  severities: Record<Severity, number>;
  findings: number;
  /** Up to five of them, the gravest of these first; `reason` and names are shortened. */
  examples: {
    id: string;
    checkId: string;
    severity: Severity;
    reason: string;
    resource: string;
    account: Person;
  }[];
  /** Whether it is still being put together or carried out by a worker, and can't be decided on yet. */
  inProgress: boolean;
  /** Whether the reader asked for it, which they can't grant then. */
  own: boolean;
};

export type ExceptionQuery = {
  /** `decided`: whatever nobody has to decide on any more. */
  status: FindingException["status"] | "any" | "decided";
  /** Those alone that the reader asked for. */
  own?: boolean;
  kind?: FindingException["kind"];
  limit: number;
  after?: string;
};

export type ExceptionPage = {
  exceptions: ExceptionView[];
  /** Cursor of the page after this one; null at the end. */
  next: string | null;
};

type Row = Omit<ExceptionView, "findings" | "own" | "decidedBy"> & {
  decidedBy: Person | { id: null };
  position: string;
};

/** One page, newest first. Those that reach an account that the scope can't see are left out. */
export async function listExceptions(db: Store, scope: Scope, query: ExceptionQuery): Promise<ExceptionPage> {
  scope.require("findings:read");
  const at = readCursor(query.after ?? "");
  const rows = await selectExceptions(
    db,
    scope,
    sql`${isOfStatus(query.status)} and ${query.own ? sql`e.asked_by = ${scope.actor.id}` : sql`true`}
      and ${query.kind ? sql`e.kind = ${query.kind}` : sql`true`}
      and ${at ? sql`(e.asked_at, e.id) < (${at.askedAt}::timestamptz, ${at.id})` : sql`true`}`,
    query.limit + 1,
  );
  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  return {
    exceptions: shown.map((row) => viewOf(row, scope)),
    next: last && rows.length > query.limit ? `${last.position}~${last.id}` : null,
  };
}

/** One exception. Throws `not_found`, also for another organisation's, and for one of accounts that can't be seen. */
export async function getException(db: Store, scope: Scope, exceptionId: string): Promise<ExceptionView> {
  scope.require("findings:read");
  const [row] = await selectExceptions(db, scope, sql`e.id = ${exceptionId}`, 1);
  if (!row) throw new DomainError("not_found", "There is no such mute or acceptance.");
  return viewOf(row, scope);
}

function isOfStatus(status: ExceptionQuery["status"]): SQL {
  if (status === "any") return sql`true`;
  return status === "decided" ? sql`e.status <> 'asked'` : sql`e.status = ${status}`;
}

function readCursor(cursor: string): { askedAt: string; id: string } | null {
  const [askedAt = "", id = ""] = cursor.split("~");
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/.test(askedAt) && /^\w{1,80}$/.test(id)
    ? { askedAt, id }
    : null;
}

function viewOf({ position: _, ...row }: Row, scope: Scope): ExceptionView {
  return {
    ...row,
    decidedBy: row.decidedBy.id === null ? null : row.decidedBy,
    findings: Object.values(row.severities).reduce((all, some) => all + some, 0),
    own: row.askedBy.id === scope.actor.id,
  };
}

const instant = (column: SQL, digits: "MS" | "US" = "MS") =>
  sql`to_char(${column} at time zone 'UTC', ${sql.raw(`'YYYY-MM-DD"T"HH24:MI:SS.${digits}"Z"'`)})`;

function selectExceptions(db: Store, scope: Scope, which: SQL, limit: number): Promise<readonly Row[]> {
  return db.execute<Row>(sql`
    select e.id, e.kind, e.status, e.reason, ${instant(sql`e.until`)} as until,
      jsonb_build_object('id', a.id, 'name', a.name) as "askedBy", ${instant(sql`e.asked_at`)} as "askedAt",
      jsonb_build_object('id', d.id, 'name', d.name) as "decidedBy", ${instant(sql`e.decided_at`)} as "decidedAt",
      e.decision_note as "decisionNote", e.revision, e.findings as severities,
      ${instant(sql`e.asked_at`, "US")} as position, x.examples, exists (
        select from triage_changes c where c.organisation_id = e.organisation_id and c.created_at >= e.asked_at
          and c.status in ('waiting', 'running') and c.change ->> 'exceptionId' = e.id) as "inProgress"
    from finding_exceptions e join users a on a.id = e.asked_by left join users d on d.id = e.decided_by
    left join lateral (
      select coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'checkId', f.check_id, 'severity', f.severity,
        'reason', left(f.reason, 300), 'resource', left(r.name, 300), 'account', jsonb_build_object('id', o.id, 'name', o.name))
        order by f.severity desc, f.id), '[]') as examples
      from (select f.* from finding_exception_items i join findings f on f.id = i.finding_id
        where i.exception_id = e.id order by i.finding_id limit 5) f
      join resources r on r.id = f.resource_id join accounts o on o.id = f.account_id
    ) x on true
    where e.organisation_id = ${scope.organisationId} and ${isVisibleWhole(scope)} and ${which}
    order by e.asked_at desc, e.id desc limit ${limit}
  `);
}

/**
 * Over `e`, an exception: that it reaches no account that the scope can't see. What reaches nothing, as long as it is being
 * put together or since all of it was deleted, is nobody's but the asker's.
 */
export const isVisibleWhole = (scope: Scope): SQL =>
  scope.accountIds === null
    ? sql`true`
    : sql`(e.asked_by = ${scope.actor.id} or exists (
        select from finding_exception_items i where i.exception_id = e.id)) and not exists (
        select from finding_exception_items i join findings hidden on hidden.id = i.finding_id
        where i.exception_id = e.id
          and hidden.account_id not in (select jsonb_array_elements_text(${JSON.stringify(scope.accountIds)}::jsonb)))`;
