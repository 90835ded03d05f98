import { type SQL, sql } from "drizzle-orm";
import type { Database, Transaction } from "#db/client.ts";
import { texts } from "#db/remediation/visible.ts";
import { canonicalHash, canonicalJson } from "../../canonical-json.ts";
import type { UnitEnvironment } from "../../scans/perform-unit.ts";
import { ActionRefused, type Applied, handlerOf } from "../action-handler.ts";
import type { CallRecord, Json } from "../model.ts";
import { advancePlan, enqueueBackward } from "./advance-plan.ts";
import { type ClaimedStep, claimBackward, StepSuperseded } from "./claim-step.ts";
import { actOf, ending } from "./end-step.ts";
import { type Reach, reachAccount } from "./reach.ts";
import { addEvents, appendOwn, type RunningPlan } from "./record.ts";
import { readOrNull, readPatiently, stepContextOf } from "./step-context.ts";
import { StepJournal } from "./step-journal.ts";
import { jsonOrNull, noteTrouble, type Refusal, refusalOf } from "./trouble.ts";
import { withinTime } from "./within-time.ts";

/**
 * One attempt at undoing a step: the before-image is restored, while the resource is as the step left it, and read again.
 * An abort leaves the step to whoever the queue gives it to next, and so does an error that may pass.
 */
export async function performRollback(
  { database: { db }, workerId }: UnitEnvironment,
  stepId: string,
  signal: AbortSignal,
): Promise<void> {
  const step = await claimBackward(db, stepId, workerId);
  if (!step) return;
  const reach = reachAccount(db, step.accountId, "write");
  try {
    await attempt(db, step, reach, signal);
  } catch (error) {
    // Whoever has it now goes on from what was committed.
    if (!(error instanceof StepSuperseded)) throw error;
  } finally {
    reach.close();
  }
}

async function attempt(db: Database, step: ClaimedStep, reach: Reach, signal: AbortSignal): Promise<void> {
  const journal = new StepJournal(db, step, "back");
  try {
    const started = performance.now();
    const restored = await restore(db, step, journal, reach, signal);
    if (restored.differs !== null) throw new ActionRefused("failed", restored.differs);
    await endRestored(db, step, { ...restored, calls: journal.records, ms: performance.now() - started });
  } catch (error) {
    if (error instanceof StepSuperseded) throw error;
    signal.throwIfAborted();
    const refusal = refusalOf(error);
    if (!refusal) {
      await noteTrouble(db, step, error);
      throw error;
    }
    // What another going-back must find unchanged is what this one has left, and never what somebody else has.
    const isOwn = journal.mayHaveChanged && refusal.reason !== "drift";
    const seen = isOwn ? await readOrNull(step, reach, signal) : step.after;
    await endUnrestored(db, step, refusal, seen);
  }
}

async function restore(
  db: Database,
  step: ClaimedStep,
  journal: StepJournal,
  reach: Reach,
  signal: AbortSignal,
): Promise<Applied> {
  const { action } = step;
  const { plan } = action;
  if (plan.outcome !== "change") return { after: null, differs: null };
  const handler = handlerOf(action.kind);
  const { before, wayBack } = plan;
  return withinTime(action, signal, async (inTime) => {
    const context = stepContextOf(step, journal, reach, inTime, roundOf(step));
    if ("irreversible" in wayBack) {
      const present = await handler.read(action, context);
      if (before !== null && canonicalJson(present) === canonicalJson(before))
        return { after: present, differs: null };
      throw new ActionRefused("irreversible", wayBack.irreversible);
    }
    const after = await afterOf(db, step, journal, () => handler.read(action, context));
    const images = { before, after, calls: step.calls };
    const applied = await handler.rollback(action, context, images);
    return readPatiently(handler, step, context, applied, before);
  });
}

/** A name for calls' tokens: each going-back makes its calls anew. */
const roundOf = ({ round }: ClaimedStep): string => `b${round.replace(/\D/g, "")}`;

/**
 * The state that the step left behind, or undefined where nobody has read it, as of one that was cut off: what is there now
 * may be somebody else's work, too. It is stored all the same before the first call goes out, so that a later attempt at
 * this going-back can tell its own work from theirs.
 */
async function afterOf(
  db: Database,
  step: ClaimedStep,
  journal: StepJournal,
  read: () => Promise<Json>,
): Promise<Json | undefined> {
  if (step.after !== null || step.before === null) return step.after ?? undefined;
  if (journal.records.length > 0) return undefined;
  const present = await read();
  if (present === null) return undefined;
  const kept = await db.execute(sql`
    update remediation_steps set after = ${jsonOrNull(present)}
    where id = ${step.id} and attempts = ${step.attempt} and state = 'rolling_back' returning id
  `);
  if (kept.length === 0) throw new StepSuperseded(`Another attempt holds step ${step.id}.`);
  return undefined;
}

function endRestored(
  db: Database,
  step: ClaimedStep,
  { after, calls, ms }: Applied & { calls: readonly CallRecord[]; ms: number },
): Promise<void> {
  return ending(db, step, async (tx, plan) => {
    await endRow(tx, step, sql`state = 'rolled_back'`);
    await addEvents(tx, plan, [{ targetId: step.targetId, stepId: step.id, kind: "restored", ms }]);
    await appendOwn(tx, plan, {
      action: "remediation_step.roll_back",
      object: { kind: "remediation_step", id: step.id },
      durationMs: ms,
      after: { ...actOf(step), calls: calls.map(({ api }) => api), image: canonicalHash(after) },
    });
    await goOnBack(tx, step, plan);
  });
}

/**
 * Ends the undoing of a step that can't be undone. What came before it stays, too, since it may rest on it, unless the
 * step is one that never can be undone.
 */
export function endUnrestored(db: Database, step: ClaimedStep, refusal: Refusal, seen?: Json): Promise<void> {
  const { reason, message } = refusal;
  return ending(db, step, async (tx, plan) => {
    const image = seen === undefined ? sql`` : sql`, after = ${jsonOrNull(seen)}`;
    await endRow(tx, step, sql`state = 'rollback_failed', error = ${message}${image}`);
    const place = { targetId: step.targetId, stepId: step.id };
    await addEvents(tx, plan, [{ ...place, kind: "not_restored", detail: { reason, message } }]);
    await appendOwn(tx, plan, {
      action: "remediation_step.roll_back_failed",
      object: { kind: "remediation_step", id: step.id },
      result: "failed",
      after: { ...actOf(step), reason, message },
    });
    if (reason === "irreversible") return goOnBack(tx, step, plan);
    await endTarget(tx, step, plan, "rollback_failed", message);
  });
}

async function endRow(tx: Transaction, step: ClaimedStep, change: SQL): Promise<void> {
  const ended = await tx.execute(sql`
    update remediation_steps set ${change}, finished_at = now()
    where id = ${step.id} and attempts = ${step.attempt} and state = 'rolling_back' returning id
  `);
  if (ended.length === 0) throw new StepSuperseded(`Another attempt holds step ${step.id}.`);
}

/** The resource's step before this one, or its end. */
async function goOnBack(tx: Transaction, step: ClaimedStep, plan: RunningPlan): Promise<void> {
  if (await enqueueBackward(tx, texts([step.targetId]))) return;
  const [stuck] = await tx.execute<{ error: string }>(sql`
    select error from remediation_steps where target_id = ${step.targetId} and state = 'rollback_failed'
    order by ordinal desc limit 1
  `);
  if (stuck) return endTarget(tx, step, plan, "rollback_failed", stuck.error);
  await endTarget(tx, step, plan, plan.state === "rolling_back" ? "rolled_back" : "failed", null);
}

/** @param words In plain words, what went wrong; null leaves what is known of it. */
async function endTarget(
  tx: Transaction,
  step: ClaimedStep,
  plan: RunningPlan,
  state: "rolled_back" | "failed" | "rollback_failed",
  words: string | null,
): Promise<void> {
  const said = state === "failed" ? "What had been done was undone." : words;
  // Of a plan that is being carried out, the first thing to know is what failed in the first place.
  const error = plan.state === "running" ? sql`concat_ws(' ', error, ${said}::text)` : sql`${words}`;
  await tx.execute(sql`
    update remediation_targets set state = ${state}, finished_at = now(), error = ${error}
    where id = ${step.targetId} and state = 'rolling_back'
  `);
  await advancePlan(tx, plan);
}
