import { sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { canonicalHash, canonicalJson } from "../../canonical-json.ts";
import type { UnitEnvironment } from "../../scans/perform-unit.ts";
import { type ActionHandler, ActionRefused, handlerOf, type StepContext } from "../action-handler.ts";
import { resolveOutputs } from "../references.ts";
import { type ClaimedStep, claimForward, planOf, StepSuperseded } from "./claim-step.ts";
import { actOf, endApplied, endFailed, endSkipped } from "./end-step.ts";
import { missingPrerequisite } from "./prerequisites.ts";
import { type Reach, reachAccount } from "./reach.ts";
import { readStanding } from "./read-standing.ts";
import { addEvents, appendOwn } from "./record.ts";
import { readOrNull, readPatiently, stepContextOf } from "./step-context.ts";
import { StepJournal } from "./step-journal.ts";
import { jsonOrNull, noteTrouble, refusalOf } from "./trouble.ts";
import { withinTime } from "./within-time.ts";

/**
 * One attempt at a step: the state is read and must be what was planned, it is stored, the calls that aren't known as made
 * are made, and what came of it is stored. An abort leaves the step to whoever the queue gives it to next, and so does an
 * error that may pass.
 */
export async function performStep(
  { database: { db }, workerId }: UnitEnvironment,
  stepId: string,
  signal: AbortSignal,
): Promise<void> {
  const step = await claimForward(db, stepId, workerId);
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
  const journal = new StepJournal(db, step, "forward");
  try {
    await carryOut(db, step, journal, reach, signal);
  } catch (error) {
    if (error instanceof StepSuperseded) throw error;
    signal.throwIfAborted();
    const refusal = refusalOf(error);
    if (!refusal) {
      await noteTrouble(db, step, error);
      throw error;
    }
    const after = journal.mayHaveChanged ? await readOrNull(step, reach, signal) : null;
    await endFailed(db, step, { ...refusal, after, mayHaveChanged: journal.mayHaveChanged });
  }
}

async function carryOut(
  db: Database,
  step: ClaimedStep,
  journal: StepJournal,
  reach: Reach,
  signal: AbortSignal,
): Promise<void> {
  const { action } = step;
  const handler = handlerOf(action.kind);
  await withinTime(action, signal, async (inTime) => {
    const context = stepContextOf(step, journal, reach, inTime);
    if (action.plan.outcome === "refused") throw new ActionRefused("failed", action.plan.reason);
    // Whoever goes on where calls were begun has the image already, and finds the resource half-way.
    const goesOn = journal.mayHaveChanged;
    if (!goesOn) await storeBefore(db, step, handler, context);
    if (action.plan.outcome === "nothing") return await endSkipped(db, step, action.plan.reason);
    const started = performance.now();
    const { before, after: planned } = action.plan;
    const applied = await handler.apply(action, context, before);
    const seen = await readPatiently(handler, step, context, applied, resolveOutputs(planned, journal.made));
    await endApplied(db, step, { ...seen, calls: journal.records, ms: performance.now() - started });
  });
}

/** Reads the state, which must be what was planned, and stores it. */
async function storeBefore(
  db: Database,
  step: ClaimedStep,
  handler: ActionHandler,
  context: StepContext,
): Promise<void> {
  const { action, ordinal } = step;
  if (action.plan.outcome === "refused") return;
  if (ordinal === 0) {
    const { prerequisites, standing } = await readStanding(db, step);
    const missing = missingPrerequisite(prerequisites, standing);
    if (missing) throw new ActionRefused("drift", `${missing} Nothing was changed.`);
  }
  const started = performance.now();
  const present = await handler.read(action, context);
  const ms = performance.now() - started;
  const { before } = action.plan;
  if (present === null && before !== null) throw new ActionRefused("gone", "The resource is gone.");
  if (canonicalJson(present) !== canonicalJson(before)) {
    throw new ActionRefused(
      "drift",
      "The resource has changed since the plan was made, so the plan isn't carried out. Make a new one.",
    );
  }
  await db.transaction(async (tx) => {
    const plan = planOf(step);
    // Sent together, so that they take one round trip.
    const [stored] = await Promise.all([
      tx.execute(sql`
        update remediation_steps set before = ${jsonOrNull(present)}
        where id = ${step.id} and attempts = ${step.attempt} and state = 'running' returning id
      `),
      addEvents(tx, plan, [{ targetId: step.targetId, stepId: step.id, kind: "before_image", ms }]),
      appendOwn(tx, plan, {
        action: "remediation_step.begin",
        object: { kind: "remediation_step", id: step.id },
        durationMs: ms,
        after: { ...actOf(step), image: canonicalHash(present) },
      }),
    ]);
    if (stored.length === 0) throw new StepSuperseded(`Another attempt holds step ${step.id}.`);
  });
}
