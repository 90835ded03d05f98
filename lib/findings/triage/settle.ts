import { sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { appendAudit } from "../../audit/append.ts";
import { Scope } from "../../auth/scope.ts";
import { actorOf, type ChangeRow } from "./actor-of.ts";

const holds = sql`exists (
  select from finding_exception_items i join findings f on f.id = i.finding_id
  where i.exception_id = e.id and f.exception_id = e.id and f.suppression is not null)`;
const isAskedFor = sql`exists (
  select from finding_exception_items i join findings f on f.id = i.finding_id
  where i.exception_id = e.id and f.exception_id = e.id)`;

/**
 * Brings the exceptions that a change touched in step with their findings: one that holds none any more has ended, one
 * that does again is granted again, and what was asked for nothing any more is withdrawn.
 */
export async function settleExceptions(tx: Transaction, change: ChangeRow): Promise<void> {
  if (["assign", "workflow", "due", "expire"].includes(change.act)) return;
  if (change.changed === 0) await forgetUnused(tx, change);
  const moved = await tx.execute<{ id: string; from: string; to: string }>(sql`
    with touched as materialized (
      select distinct x.id from finding_activity a
      cross join lateral (values (a.before ->> 'exceptionId'), (a.after ->> 'exceptionId')) x (id)
      where a.change_id = ${change.id} and x.id is not null
    ), moving as materialized (
      select e.id, e.status, case
        when e.status = 'granted' and not ${holds} then 'ended'
        when e.status = 'ended' and e.until > now() and ${holds} then 'granted'
        when e.status = 'asked' and not ${isAskedFor} then 'withdrawn'
        else e.status end as "to"
      from finding_exceptions e join touched t on t.id = e.id where e.organisation_id = ${change.organisationId}
    )
    update finding_exceptions e set status = m."to", revision = e.revision + 1 from moving m
    where e.id = m.id and m."to" <> m.status and e.status = m.status
    returning e.id, m.status as "from", m."to"
  `);
  for (const { id, from, to } of moved) {
    await appendAudit(tx, actorOf(change), {
      action: "exception.settle",
      object: { kind: "exception", id },
      before: { status: from },
      after: { status: to, changeId: change.id },
    });
  }
}

/** Ends what an organisation's exceptions were of, once none of their findings is there any more. */
export async function settleEmptied(tx: Transaction, organisationId: string): Promise<void> {
  const settled = await tx.execute<{ id: string; status: "withdrawn" | "ended" }>(sql`
    update finding_exceptions e set revision = revision + 1,
      status = case e.status when 'asked' then 'withdrawn' else 'ended' end
    where e.organisation_id = ${organisationId} and e.status in ('asked', 'granted')
      and not exists (select from finding_exception_items i where i.exception_id = e.id)
      and not exists (select from triage_changes c where c.organisation_id = e.organisation_id
        and c.created_at >= e.asked_at and c.status in ('waiting', 'running') and c.change ->> 'exceptionId' = e.id)
    returning e.id, e.status
  `);
  const scope = Scope.ofSystem(organisationId, "deletion");
  for (const { id, status } of settled) {
    await appendAudit(tx, scope, {
      action: "exception.settle",
      object: { kind: "exception", id },
      before: { status: status === "withdrawn" ? "asked" : "granted" },
      after: { status },
    });
  }
}

/** An exception that was made for a change that changed nothing. */
async function forgetUnused(tx: Transaction, { act, change, organisationId }: ChangeRow): Promise<void> {
  if (act !== "mute" && act !== "ask_acceptance") return;
  await tx.execute(sql`
    delete from finding_exceptions where id = ${String(change.exceptionId)} and organisation_id = ${organisationId}
  `);
}
