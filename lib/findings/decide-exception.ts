import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Transaction } from "#db/client.ts";
import type { Scope } from "../auth/scope.ts";
import { DomainError } from "../errors.ts";
import { enqueue } from "../jobs/queue.ts";
import { defineMutation } from "../mutation.ts";
import { type ChangeResult, mostNamedFindings } from "./change-input.ts";
import { notifyFindings } from "./notify.ts";
import { beginChange, changeSome, finishChange, resultOf } from "./triage/change-record.ts";
import { cleaned } from "./triage/cleaned.ts";
import { type HeldException, holdException } from "./triage/hold-exception.ts";
import { retryDeadlocks } from "./triage/retry-deadlocks.ts";
import { tell } from "./triage/tell.ts";

export const DecideExceptionInput = z
  .strictObject({
    exceptionId: z.string().min(1).max(80),
    decision: z.enum(["grant", "reject"]),
    /** Kept with the decision; a rejection must say why. */
    note: z.string().trim().max(2_000),
    /** As the query of the exception gave it. */
    revision: z.number().int().positive(),
  })
  .refine(({ decision, note }) => decision === "grant" || note.length >= 3, {
    path: ["note"],
    message: "Say why, in three characters or more.",
  });

export type Decision = {
  exceptionId: string;
  status: "granted" | "rejected";
  /** What came of the findings; null for a rejection, which leaves them as they are. */
  change: ChangeResult | null;
};

/**
 * Grants or rejects an acceptance that somebody else asked for. Findings resolved, muted or gone since then are skipped;
 * of more than a few hundred, a worker does the rest. Throws `forbidden` for one's own, and `conflict` when it was decided
 * on, withdrawn or has expired meanwhile, or is still being put together.
 */
export const decideException = retryDeadlocks(
  defineMutation({
    permission: "risk:decide",
    act: { action: "exception.decide", kind: "exception", id: "exceptionId" },
    input: DecideExceptionInput,
    async run({ tx, scope, input: raw }) {
      const { exceptionId, decision, note, revision } = cleaned(raw);
      const exception = await holdException(tx, scope, exceptionId);
      await checkDecidable(tx, scope, exception, revision);
      const status = decision === "grant" ? ("granted" as const) : ("rejected" as const);
      await tx.execute(sql`
        update finding_exceptions set status = ${status}, decided_by = ${scope.actor.id}, decided_at = now(),
          decision_note = ${note || null}, revision = revision + 1 where id = ${exceptionId}
      `);
      const { organisationId } = scope;
      await tell(tx, [exception.askedBy], {
        ...{ organisationId, actorId: scope.actor.id, kind: "acceptance_decided", exceptionId },
        excerpt: `${status === "granted" ? "Granted" : "Rejected"}: ${note || exception.reason}`,
      });
      await notifyFindings(tx, organisationId, exceptionId);
      const decided = {
        action: `exception.${decision}`,
        object: { kind: "exception", id: exceptionId },
        before: { status: exception.status },
        after: { status, note, askedBy: exception.askedBy, until: exception.until.toISOString() },
      };
      if (status === "rejected") {
        const result: Decision = { exceptionId, status, change: null };
        return { result, audit: decided };
      }
      const { change, audit } = await acceptRisk(tx, scope, exception);
      const result: Decision = { exceptionId, status, change };
      return { result, audit: [decided, ...audit] };
    },
  }),
);

async function checkDecidable(
  tx: Transaction,
  scope: Scope,
  exception: HeldException,
  revision: number,
): Promise<void> {
  if (exception.kind !== "risk_accepted" || scope.actor.kind !== "user") {
    throw new DomainError("conflict", "Nothing was changed: there is nothing to decide on here.");
  }
  if (exception.status !== "asked") {
    const how = { granted: "granted", rejected: "rejected", withdrawn: "withdrawn" };
    const what = how[exception.status as keyof typeof how] ?? "ended";
    throw new DomainError("conflict", `Nothing was changed: this has been ${what} meanwhile.`);
  }
  if (exception.askedBy === scope.actor.id) {
    throw new DomainError("forbidden", "You asked for this yourself, so somebody else has to decide on it.");
  }
  if (exception.revision !== revision) {
    throw new DomainError(
      "conflict",
      "Nothing was changed: this has changed since you saw it. Look at it again, and decide then.",
    );
  }
  if (exception.until.getTime() <= Date.now()) {
    throw new DomainError("conflict", "Nothing was changed: the date that this was asked for has passed.");
  }
  const asking = await tx.execute(sql`
    select from triage_changes c where c.organisation_id = ${scope.organisationId} and c.created_at >= ${exception.askedAt.toISOString()}::timestamptz
      and c.status in ('waiting', 'running') and c.change ->> 'exceptionId' = ${exception.id} limit 1
  `);
  if (asking.length > 0) {
    throw new DomainError(
      "conflict",
      "Nothing was changed: the findings that this is asked for are still being put together. Try again in a moment.",
    );
  }
}

async function acceptRisk(tx: Transaction, scope: Scope, exception: HeldException) {
  const stored = {
    act: "accept_risk" as const,
    until: exception.until.toISOString(),
    exceptionId: exception.id,
  };
  const items = await tx.execute<{ id: string }>(sql`
    select finding_id as id from finding_exception_items where exception_id = ${exception.id}
    limit ${mostNamedFindings + 1}
  `);
  if (items.length > mostNamedFindings) {
    const change = await beginChange(tx, scope, stored, { status: "waiting", matched: 0 });
    const { count: matched } = await tx.execute(sql`
      insert into triage_items (change_id, finding_id)
      select ${change.id}, finding_id from finding_exception_items where exception_id = ${exception.id}
    `);
    await tx.execute(sql`update triage_changes set matched = ${matched} where id = ${change.id}`);
    await enqueue(tx, "triage-change", [{ data: { changeId: change.id } }]);
    return { change: resultOf({ ...change, matched }), audit: [] };
  }
  const held = await tx.execute<{ id: string }>(sql`
    select f.id from finding_exception_items i join findings f on f.id = i.finding_id
    where i.exception_id = ${exception.id} order by f.id for no key update of f
  `);
  const change = await beginChange(tx, scope, stored, { status: "running", matched: held.length });
  const { audit } = await changeSome(
    tx,
    change,
    held.map(({ id }) => id),
  );
  return { change: await finishChange(tx, change, false), audit: [audit] };
}
