import { type SQL, sql } from "drizzle-orm";
import type { Scope } from "#lib/auth/scope.ts";
import type { Store } from "../client.ts";
import type { Decision, Person, PlanSummary } from "./model.ts";

export const isoMoment = (column: SQL, digits: "MS" | "US" = "MS"): SQL<string> =>
  sql`to_char(${column} at time zone 'UTC', ${sql.raw(`'YYYY-MM-DD"T"HH24:MI:SS.${digits}"Z"'`)})`;

type Row = Omit<PlanSummary, "can" | "cannotDecide"> & {
  position: string;
  expired: boolean;
  frozen: boolean;
  /** Of a draft: whether it changes something, and nothing of it was refused. */
  ready: boolean;
  /** Of one that was carried out: whether anything of it can be taken back. */
  restorable: boolean;
};

export type PlacedPlan = PlanSummary & { position: string };

/**
 * Plans as lists show them, in one statement: what is counted of each comes from indexes by plan. The order is that of the
 * condition's caller.
 *
 * @param which Over `p`; the caller has made sure that the scope may see them.
 */
export async function readPlans(
  db: Store,
  scope: Scope,
  which: SQL,
  order: SQL,
  limit: number,
): Promise<PlacedPlan[]> {
  const rows = await db.execute<Row>(sql`
    with chosen as materialized (
      select p.* from remediation_plans p where ${which} order by ${order} limit ${limit}
    )
    select p.id, p.playbook, p.title, p.reason, p.state, p.risk, p.reversible, p.approvals_needed as "approvalsNeeded",
      p.auto_approval as "autoApproval", p.error, p.follows, p.revision, p.hash,
      jsonb_build_object('id', u.id, 'name', u.name) as "requestedBy",
      ${isoMoment(sql`p.requested_at`)} as "requestedAt", ${isoMoment(sql`p.planned_at`)} as "plannedAt",
      ${isoMoment(sql`p.submitted_at`)} as "submittedAt", ${isoMoment(sql`p.expires_at`)} as "expiresAt",
      ${isoMoment(sql`p.started_at`)} as "startedAt", ${isoMoment(sql`p.finished_at`)} as "finishedAt",
      ${isoMoment(sql`p.requested_at`, "US")} as position,
      d.decisions, t.resources, t.progress, f.findings, f.severity, a.names as "accountNames",
      coalesce(p.expires_at <= now(), false) as expired,
      exists (select from remediation_settings s
        where s.organisation_id = p.organisation_id and s.frozen_at is not null) as frozen,
      p.state = 'draft' and p.planned_at is not null and p.error is null and p.hash is not null
        and jsonb_path_exists(p.document, '$.targets[*].actions[*].plan ? (@.outcome == "change")')
        and not jsonb_path_exists(p.document, '$.targets[*].actions[*].plan ? (@.outcome == "refused")') as ready,
      p.state in ('succeeded', 'changed_unverified', 'failed', 'rollback_failed')
        and (p.reversible or jsonb_path_exists(p.document, '$.targets[*].actions[*].plan.wayBack.calls'))
        and exists (select from remediation_steps s where s.plan_id = p.id
          and (s.state in ('applied', 'rolling_back', 'rollback_failed')
            or s.state = 'failed' and jsonb_path_exists(s.calls, '$[*] ? (!exists(@.error))'))) as restorable
    from chosen p
    join users u on u.id = p.requested_by
    cross join lateral (
      select coalesce(jsonb_agg(jsonb_build_object('by', jsonb_build_object('id', v.id, 'name', v.name),
        'decision', x.decision, 'reason', x.reason, 'at', ${isoMoment(sql`x.at`)}) order by x.at), '[]') as decisions
      from remediation_approvals x join users v on v.id = x.user_id where x.plan_id = p.id
    ) d
    cross join lateral (
      select coalesce(sum(n), 0)::int as resources, coalesce(jsonb_object_agg(state, n), '{}') as progress
      from (select state, count(*)::int as n from remediation_targets where plan_id = p.id group by state) g
    ) t
    cross join lateral (
      select count(*)::int as findings, max(g.severity) as severity
      from remediation_findings i join findings g on g.id = i.finding_id where i.plan_id = p.id
    ) f
    cross join lateral (
      select coalesce(jsonb_agg(left(o.name, 200) order by o.name), '[]') as names
      from accounts o where o.id = any(p.account_ids)
    ) a
    order by ${order}
  `);
  return rows.map((row) => summaryOf(row, scope));
}

const alreadyDecided = (decisions: readonly Decision[], id: string) =>
  decisions.some(({ by }) => by.id === id);

function summaryOf({ expired, frozen, ready, restorable, ...row }: Row, scope: Scope): PlacedPlan {
  const me = scope.actor.id;
  const own = row.requestedBy.id === me;
  const waits = row.state === "awaiting_approval";
  const cannotDecide = waits ? whyNot(row, scope, expired) : null;
  const proposes = scope.can("remediation:propose");
  const open = row.state === "draft" || waits || row.state === "approved";
  return {
    ...row,
    can: {
      submit: ready && own && proposes,
      decide: waits && cannotDecide === null,
      run: row.state === "approved" && !expired && !frozen && scope.can("remediation:run"),
      cancel: open && proposes && (own || (row.state !== "draft" && scope.can("remediation:decide"))),
      rollBack: restorable && !frozen && scope.can("remediation:run"),
    },
    cannotDecide,
  };
}

function whyNot(
  { requestedBy, decisions }: { requestedBy: Person; decisions: readonly Decision[] },
  scope: Scope,
  expired: boolean,
): string | null {
  if (expired) return "It has expired.";
  if (!scope.can("remediation:decide")) return "Your role doesn't include deciding on fixes.";
  if (requestedBy.id === scope.actor.id)
    return "You asked for this yourself, so somebody else has to decide on it.";
  if (alreadyDecided(decisions, scope.actor.id))
    return "You have approved it; it takes another person's approval, too.";
  return null;
}
