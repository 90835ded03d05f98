import { sql } from "drizzle-orm";
import type { Scope } from "#lib/auth/scope.ts";
import type { Cloud } from "#lib/inventory/model.ts";
import type { Database, Transaction } from "../client.ts";
import { type ExceptionView, getException, listExceptions } from "./exception-queries.ts";

type Store = Database | Transaction;

/** An acceptance of risk with what somebody has to know to decide on it. */
export type Approval = ExceptionView & {
  /** Those with most of its findings first, six at most; `accountCount` says how many there are. */
  accounts: { id: string; name: string; cloud: Cloud; findings: number }[];
  accountCount: number;
  /** As `accounts`, by check. */
  checks: { id: string; findings: number }[];
  checkCount: number;
  /** Of its findings: still open, and of these past their due date. */
  open: number;
  overdue: number;
  /** Of its findings: accepted by it at present. */
  accepted: number;
};

/** `asked`: waiting for a decision; `own`: asked by the reader, whatever became of it; `decided`: the rest. */
export type ApprovalList = "asked" | "own" | "decided";

export type ApprovalPage = {
  approvals: Approval[];
  /** Cursor of the page after this one; null at the end. */
  next: string | null;
};

/** One page, newest first. Those that reach an account that the scope can't see are left out. */
export async function listApprovals(
  db: Store,
  scope: Scope,
  { list, limit, after }: { list: ApprovalList; limit: number; after?: string | undefined },
): Promise<ApprovalPage> {
  const page = await listExceptions(db, scope, {
    kind: "risk_accepted",
    status: list === "own" ? "any" : list,
    own: list === "own",
    limit,
    ...(after ? { after } : {}),
  });
  return { approvals: await addReach(db, page.exceptions), next: page.next };
}

/** One of them; null for a mute. Throws `not_found`, also for one of accounts that can't be seen. */
export async function getApproval(db: Store, scope: Scope, exceptionId: string): Promise<Approval | null> {
  const exception = await getException(db, scope, exceptionId);
  if (exception.kind !== "risk_accepted") return null;
  const [approval] = await addReach(db, [exception]);
  return approval ?? null;
}

/** Ids of its findings, the gravest first. */
export async function listApprovalFindings(
  db: Store,
  scope: Scope,
  exceptionId: string,
  limit: number,
): Promise<string[]> {
  // Whether it may be seen at all.
  await getException(db, scope, exceptionId);
  const rows = await db.execute<{ id: string }>(sql`
    select f.id from finding_exception_items i join findings f on f.id = i.finding_id
    where i.exception_id = ${exceptionId} order by f.severity desc, f.id limit ${limit}
  `);
  return rows.map(({ id }) => id);
}

/** Ids of those that it has accepted at present. */
export async function listAcceptedFindings(
  db: Store,
  scope: Scope,
  exceptionId: string,
  limit: number,
): Promise<string[]> {
  await getException(db, scope, exceptionId);
  const rows = await db.execute<{ id: string }>(sql`
    select f.id from finding_exception_items i join findings f on f.id = i.finding_id
    where i.exception_id = ${exceptionId} and f.exception_id = ${exceptionId} and f.suppression = 'risk_accepted'
    order by f.id limit ${limit}
  `);
  return rows.map(({ id }) => id);
}

type Reach = Omit<Approval, keyof ExceptionView> & { id: string };

/** What each reaches; the caller has made sure that every one may be seen whole. */
async function addReach(db: Store, exceptions: readonly ExceptionView[]): Promise<Approval[]> {
  const ids = JSON.stringify(exceptions.map(({ id }) => id));
  const rows = await db.execute<Reach>(sql`
    with of as materialized (
      select i.exception_id as id, f.account_id, f.check_id, count(*) as findings,
        count(*) filter (where f.state in ('new', 'in_progress')) as open,
        count(*) filter (where f.state in ('new', 'in_progress') and f.due_at < now()) as overdue,
        count(*) filter (where f.state = 'risk_accepted' and f.exception_id = i.exception_id) as accepted
      from finding_exception_items i join findings f on f.id = i.finding_id
      where i.exception_id in (select jsonb_array_elements_text(${ids}::jsonb))
      group by i.exception_id, f.account_id, f.check_id
    )
    select s.id, s.open, s.overdue, s.accepted, s.account_count as "accountCount", s.check_count as "checkCount",
      a.accounts, c.checks
    from (
      select id, sum(open)::int as open, sum(overdue)::int as overdue, sum(accepted)::int as accepted,
        count(distinct account_id)::int as account_count, count(distinct check_id)::int as check_count
      from of group by id
    ) s
    cross join lateral (
      select jsonb_agg(jsonb_build_object('id', o.id, 'name', left(o.name, 200), 'cloud', o.cloud, 'findings', t.findings)
        order by t.findings desc, o.name) as accounts
      from (select account_id, sum(findings)::int as findings from of where of.id = s.id
        group by account_id order by 2 desc, 1 limit 6) t join accounts o on o.id = t.account_id
    ) a
    cross join lateral (
      select jsonb_agg(jsonb_build_object('id', t.check_id, 'findings', t.findings)
        order by t.findings desc, t.check_id) as checks
      from (select check_id, sum(findings)::int as findings from of where of.id = s.id
        group by check_id order by 2 desc, 1 limit 6) t
    ) c
  `);
  const none = { accounts: [], accountCount: 0, checks: [], checkCount: 0, open: 0, overdue: 0, accepted: 0 };
  const byId = new Map(rows.map(({ id, ...reach }) => [id, reach]));
  return exceptions.map((exception) => ({ ...exception, ...(byId.get(exception.id) ?? none) }));
}
