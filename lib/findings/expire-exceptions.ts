import { sql } from "drizzle-orm";
import type { Database, Transaction } from "#db/client.ts";
import { appendAudit } from "../audit/append.ts";
import { Scope } from "../auth/scope.ts";
import { notifyFindings } from "./notify.ts";
import { beginChange, changeSome, finishChange } from "./triage/change-record.ts";
import { tell } from "./triage/tell.ts";

/** Findings changed in one transaction. */
const batchSize = 2_000;

/** What a moment is to PostgreSQL. */
const instant = (at: Date) => sql`${at.toISOString()}::timestamptz`;

/**
 * Ends the mutes and acceptances whose time has passed, as Parapet's own act, and the questions that nobody decided in
 * time. Safe to repeat, and to run twice at once: what another holds is left for the next time.
 *
 * @param now The moment that counts as now.
 */
export async function expireExceptions(db: Database, now: Date, signal: AbortSignal): Promise<void> {
  for (let more = true; more; ) {
    signal.throwIfAborted();
    more = await db.transaction((tx) => endSuppressions(tx, now));
  }
  await db.transaction((tx) => endExceptions(tx, now));
}

/** Ends some that belong to one organisation; false when there is nothing left to do. */
async function endSuppressions(tx: Transaction, now: Date): Promise<boolean> {
  const held = await tx.execute<{ id: string; organisationId: string }>(sql`
    select id, organisation_id as "organisationId" from findings
    where suppression is not null and suppressed_until <= ${instant(now)}
    order by suppressed_until limit ${batchSize} for no key update skip locked
  `);
  const [first] = held;
  if (!first) return false;
  const { organisationId } = first;
  const ids = held.filter((each) => each.organisationId === organisationId).map(({ id }) => id);
  const scope = Scope.ofSystem(organisationId, "expiry");
  const stored = { act: "expire" as const, now: now.toISOString() };
  const change = await beginChange(tx, scope, stored, { status: "running", matched: ids.length });
  const { audit } = await changeSome(tx, change, ids);
  await appendAudit(tx, scope, audit);
  await finishChange(tx, change, false);
  return true;
}

/** Granted ones whose findings have all been let go, and those that were never decided on. */
async function endExceptions(tx: Transaction, now: Date): Promise<void> {
  const ended = await tx.execute<{
    id: string;
    organisationId: string;
    askedBy: string;
    reason: string;
    before: string;
  }>(sql`
    with ending as materialized (
      select id, status from finding_exceptions
      where status in ('asked', 'granted') and until <= ${instant(now)} order by id for no key update skip locked
    )
    update finding_exceptions e set status = 'expired', revision = revision + 1 from ending o where e.id = o.id
    returning e.id, e.organisation_id as "organisationId", e.asked_by as "askedBy", e.reason, o.status as before
  `);
  for (const { id, organisationId, askedBy, reason, before } of ended) {
    await appendAudit(tx, Scope.ofSystem(organisationId, "expiry"), {
      action: "exception.expire",
      object: { kind: "exception", id },
      before: { status: before },
      after: { status: "expired" },
    });
    if (before === "asked") {
      const excerpt = `Not decided on in time: ${reason}`;
      await tell(tx, [askedBy], {
        organisationId,
        actorId: null,
        kind: "acceptance_decided",
        exceptionId: id,
        excerpt,
      });
    }
    await notifyFindings(tx, organisationId, id);
  }
}
