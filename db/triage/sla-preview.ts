import { sql } from "drizzle-orm";
import type { Scope } from "#lib/auth/scope.ts";
import { type Severity, severities } from "#lib/checks/model.ts";
import type { Database, Transaction } from "../client.ts";
import type { SlaDays } from "./schema.ts";

type Store = Database | Transaction;

/** How the open findings of one severity stand, of those that the scope sees. */
export type SlaStanding = {
  /** Neither muted nor accepted, as are those counted in the next two. */
  open: number;
  /** Past the date that they have now. */
  overdue: number;
  /** Past the date that the days asked about would give them. */
  wouldBe: number;
  /** Whose date was set by hand, which no policy moves. */
  byHand: number;
  /** Whose date is not the one that these days give, muted and accepted ones as well. */
  toMove: number;
};

/** What such days come to: asked before anybody sets them, and, of those set, how much is still to be moved. */
export async function previewSlaDays(
  db: Store,
  scope: Scope,
  days: SlaDays,
): Promise<Record<Severity, SlaStanding>> {
  scope.require("findings:read");
  const ids = scope.accountIds && JSON.stringify(scope.accountIds);
  const rows = await db.execute<SlaStanding & { severity: Severity }>(sql`
    select severity, (count(*) filter (where counts))::int as open,
      (count(*) filter (where counts and due_at < now()))::int as overdue,
      (count(*) filter (where counts and case when due_by_hand then due_at else next_due end < now()))::int as "wouldBe",
      (count(*) filter (where counts and due_by_hand))::int as "byHand",
      (count(*) filter (where not due_by_hand and due_at is distinct from next_due))::int as "toMove"
    from (
      select f.severity, f.due_at, f.due_by_hand, f.suppression is null as counts, f.opened_at
        + make_interval(days => (${JSON.stringify(days)}::jsonb ->> f.severity::text)::int) as next_due
      from findings f
      where f.organisation_id = ${scope.organisationId} and f.status = 'open'
        and ${ids ? sql`f.account_id in (select jsonb_array_elements_text(${ids}::jsonb))` : sql`true`}
    ) f
    group by severity
  `);
  const none: SlaStanding = { open: 0, overdue: 0, wouldBe: 0, byHand: 0, toMove: 0 };
  const bySeverity = new Map(rows.map(({ severity, ...standing }) => [severity, standing]));
  return Object.fromEntries(
    severities.map((severity) => [severity, bySeverity.get(severity) ?? none]),
  ) as Record<Severity, SlaStanding>;
}
