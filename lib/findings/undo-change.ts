import { and, eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { Transaction } from "#db/client.ts";
import { reachesOnlyVisible, undoableActs } from "#db/triage/change-queries.ts";
import { triageChanges } from "#db/triage/schema.ts";
import type { Scope } from "../auth/scope.ts";
import { DomainError } from "../errors.ts";
import { enqueue } from "../jobs/queue.ts";
import { defineMutation } from "../mutation.ts";
import { type ChangeResult, mostNamedFindings } from "./change-input.ts";
import type { ChangeRow } from "./triage/actor-of.ts";
import { beginChange, changeSome, finishChange, resultOf } from "./triage/change-record.ts";
import { retryDeadlocks } from "./triage/retry-deadlocks.ts";

export const UndoChangeInput = z.object({ changeId: z.string().regex(/^\w{1,80}$/) });

/**
 * Puts findings back as a change found them, where nobody has changed them since; the others count as skipped. It is a
 * change of its own, and at once or by a job as the first one was. Throws `conflict` for what is under way, was undone
 * already, or is of a kind that only a new act can change; `not_found` when the scope can't see all that it touched.
 */
export const undoChange = retryDeadlocks(
  defineMutation({
    permission: "findings:triage",
    act: { action: "triage_change.undo", kind: "triage_change", id: "changeId" },
    input: UndoChangeInput,
    async run({ tx, scope, input }) {
      const undone = await holdUndoable(tx, scope, input.changeId);
      const stored = { act: "undo" as const, of: undone.act, undoes: undone.id };
      const byJob = undone.changed > mostNamedFindings;
      const change = await beginChange(tx, scope, stored, {
        status: byJob ? "waiting" : "running",
        matched: byJob ? 0 : undone.changed,
        undoes: undone.id,
      });
      const start = {
        action: "triage_change.undo",
        object: { kind: "triage_change", id: undone.id },
        after: { changeId: change.id, act: undone.act },
      };
      if (byJob) {
        const matched = await storeTouched(tx, change, undone);
        await enqueue(tx, "triage-change", [{ data: { changeId: change.id } }]);
        return { result: resultOf({ ...change, matched }), audit: start };
      }
      const held = await tx.execute<{ id: string }>(sql`
        select f.id from findings f join finding_activity a on a.finding_id = f.id
        where a.change_id = ${undone.id} order by f.id for no key update of f
      `);
      const { audit } = await changeSome(
        tx,
        change,
        held.map(({ id }) => id),
      );
      const result: ChangeResult = await finishChange(tx, change, false);
      return { result, audit: [start, audit] };
    },
  }),
);

/** Notes down the findings that a change touched as what is to do; returns how many there still are. */
async function storeTouched(tx: Transaction, change: ChangeRow, undone: ChangeRow): Promise<number> {
  const stored = await tx.execute(sql`
    insert into triage_items (change_id, finding_id)
    select ${change.id}, finding_id from finding_activity where change_id = ${undone.id}
  `);
  const matched = stored.count ?? 0;
  await tx.execute(sql`update triage_changes set matched = ${matched} where id = ${change.id}`);
  return matched;
}

/** The change, held, so that two who undo it take turns. */
async function holdUndoable(tx: Transaction, scope: Scope, changeId: string): Promise<ChangeRow> {
  const [change] = await tx
    .select()
    .from(triageChanges)
    .where(
      and(
        eq(triageChanges.id, changeId),
        eq(triageChanges.organisationId, scope.organisationId),
        reachesOnlyVisible(scope),
      ),
    )
    .for("no key update");
  if (!change) throw new DomainError("not_found", "There is no such change.");
  const refusal = await whyNot(tx, change);
  if (refusal) throw new DomainError("conflict", `Nothing was changed: ${refusal}`);
  return change;
}

async function whyNot(tx: Transaction, change: ChangeRow): Promise<string | null> {
  if (change.status !== "done") return "this change is still under way. Undo it once it is through.";
  if (!undoableActs.includes(change.act)) return "this can't be undone. Make a new change instead.";
  const undone = await tx
    .select({ id: triageChanges.id })
    .from(triageChanges)
    .where(eq(triageChanges.undoes, change.id))
    .limit(1);
  if (undone.length > 0) return "this change was undone already.";
  if (change.act === "ask_acceptance" && !(await isStillAsked(tx, change))) {
    return "what was asked for has been decided on already.";
  }
  return null;
}

/** Held, so that nobody decides on it meanwhile. */
async function isStillAsked(tx: Transaction, { change, organisationId }: ChangeRow): Promise<boolean> {
  const asked = await tx.execute(sql`
    select from finding_exceptions where id = ${String(change.exceptionId)} and organisation_id = ${organisationId}
      and status = 'asked' for no key update
  `);
  return asked.length > 0;
}
