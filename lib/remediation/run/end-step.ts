import { sql } from "drizzle-orm";
import type { Database, Transaction } from "#db/client.ts";
import { texts } from "#db/remediation/visible.ts";
import { canonicalHash } from "../../canonical-json.ts";
import { enqueue } from "../../jobs/queue.ts";
import type { Applied } from "../action-handler.ts";
import type { CallRecord, Json } from "../model.ts";
import { advancePlan, enqueueBackward, leaveWaiting } from "./advance-plan.ts";
import { type ClaimedStep, planOf, StepSuperseded } from "./claim-step.ts";
import { addEvents, appendOwn, holdPlanRow, type RunningPlan } from "./record.ts";
import { jsonOrNull, type Refusal } from "./trouble.ts";

type Outcome = Applied & { calls: readonly CallRecord[]; ms: number };

/**
 * Ends a step whose calls were made, and has the resource's next one begin. What was read afterwards and isn't what was
 * planned stands, and ends the work on the resource: a person has to judge it.
 */
export function endApplied(db: Database, step: ClaimedStep, outcome: Outcome): Promise<void> {
  const { after, differs, calls, ms } = outcome;
  return ending(db, step, async (tx, plan) => {
    const place = { targetId: step.targetId, stepId: step.id };
    const happened = differs === null ? [] : [{ ...place, kind: "differs", detail: { reason: differs } }];
    // Sent together, so that they take one round trip.
    await Promise.all([
      endRow(tx, step, sql`state = 'applied', after = ${jsonOrNull(after)}, error = ${differs}`),
      addEvents(tx, plan, [{ ...place, kind: "after_image", ms }, ...happened]),
      appendOwn(tx, plan, {
        action: "remediation_step.apply",
        object: { kind: "remediation_step", id: step.id },
        durationMs: ms,
        after: { ...actOf(step), calls: calls.map(({ api }) => api), image: canonicalHash(after), differs },
      }),
    ]);
    if (differs === null) return endOrGoOn(tx, step, plan);
    await skipRest(tx, step);
    await endTarget(tx, step, plan, sql`state = 'verifying', error = ${differs}`);
  });
}

/** Ends a step of which the plan said that there is nothing to do. */
export function endSkipped(db: Database, step: ClaimedStep, reason: string): Promise<void> {
  return ending(db, step, async (tx, plan) => {
    await endRow(tx, step, sql`state = 'skipped'`);
    const place = { targetId: step.targetId, stepId: step.id };
    await addEvents(tx, plan, [{ ...place, kind: "skipped", detail: { reason } }]);
    await appendOwn(tx, plan, {
      action: "remediation_step.skip",
      object: { kind: "remediation_step", id: step.id },
      after: { ...actOf(step), reason },
    });
    await endOrGoOn(tx, step, plan);
  });
}

type Failure = Refusal & {
  /** What was read afterwards; null when it could not be, or nothing was called. */
  after: Json;
  mayHaveChanged: boolean;
};

/**
 * Ends a step that can't be carried out. What it and the resource's earlier steps have done is undone, the last first. A
 * resource that isn't as it was planned stops the whole run: somebody else is at work there.
 */
export function endFailed(db: Database, step: ClaimedStep, failure: Failure): Promise<void> {
  const { reason, message, after, mayHaveChanged } = failure;
  return ending(db, step, async (tx, plan) => {
    await endRow(tx, step, sql`state = 'failed', after = ${jsonOrNull(after)}, error = ${message}`);
    await skipRest(tx, step);
    const place = { targetId: step.targetId, stepId: step.id };
    await addEvents(tx, plan, [{ ...place, kind: "failed", detail: { reason, message } }]);
    await appendOwn(tx, plan, {
      action: "remediation_step.fail",
      object: { kind: "remediation_step", id: step.id },
      result: "failed",
      after: { ...actOf(step), reason, message, mayHaveChanged },
    });
    if (reason === "drift") {
      await leaveWaiting(
        tx,
        plan,
        `${step.target.name} has changed since the plan was made, so nothing further was begun. Make a new plan.`,
      );
    }
    const undone = await enqueueBackward(tx, texts([step.targetId]));
    const words = sql`error = ${message}`;
    await endTarget(
      tx,
      step,
      plan,
      undone ? sql`state = 'rolling_back', ${words}` : sql`state = 'failed', ${words}`,
    );
  });
}

/** Runs an end in one transaction, with the plan held so that the ends of its resources take turns. */
export async function ending(
  db: Database,
  step: ClaimedStep,
  end: (tx: Transaction, plan: RunningPlan) => Promise<void>,
): Promise<void> {
  await db.transaction(async (tx) => {
    const plan = await holdPlanRow(tx, step.planId);
    if (!plan) throw new Error(`Plan ${step.planId} is gone.`);
    await end(tx, plan);
  });
}

export const actOf = ({ planId, target, action }: ClaimedStep) => ({
  planId,
  resource: target.uid,
  action: action.action,
  operation: action.operation,
});

async function endRow(tx: Transaction, step: ClaimedStep, change: ReturnType<typeof sql>): Promise<void> {
  const ended = await tx.execute(sql`
    update remediation_steps set ${change}, finished_at = now()
    where id = ${step.id} and attempts = ${step.attempt} and state = 'running' returning id
  `);
  if (ended.length === 0) throw new StepSuperseded(`Another attempt holds step ${step.id}.`);
}

const skipRest = (tx: Transaction, { targetId }: ClaimedStep) =>
  tx.execute(sql`
    update remediation_steps set state = 'skipped', finished_at = now()
    where target_id = ${targetId} and state = 'waiting'
  `);

/** The resource's next step, or its end. */
async function endOrGoOn(tx: Transaction, step: ClaimedStep, plan: RunningPlan): Promise<void> {
  if (step.ordinal === step.target.actions.length - 1)
    return endTarget(tx, step, plan, sql`state = 'verifying'`);
  const [next] = await tx.execute<{ id: string }>(sql`
    select id from remediation_steps where target_id = ${step.targetId} and state = 'waiting' order by ordinal limit 1
  `);
  if (next) return enqueue(tx, "remediation-step", [{ data: { stepId: next.id }, key: next.id }]);
  await endTarget(tx, step, plan, sql`state = 'verifying'`);
}

async function endTarget(
  tx: Transaction,
  step: ClaimedStep,
  plan: RunningPlan,
  change: ReturnType<typeof sql>,
): Promise<void> {
  await tx.execute(sql`
    update remediation_targets set ${change} where id = ${step.targetId} and state = 'running'
  `);
  await advancePlan(tx, { ...plan, ...planOf(step) });
}
