import { and, asc, eq, isNull, sql } from "drizzle-orm";
import { accounts } from "#db/accounts/schema.ts";
import type { Database } from "#db/client.ts";
import { newId } from "#db/columns.ts";
import { findings } from "#db/findings/schema.ts";
import {
  remediationFindings,
  remediationPlans,
  remediationSteps,
  remediationTargets,
} from "#db/remediation/schema.ts";
import { readLimits } from "#db/remediation/settings-queries.ts";
import { resources } from "#db/resources/schema.ts";
import { canonicalHash } from "../../canonical-json.ts";
import { DomainError } from "../../errors.ts";
import type { Cloud, Kind } from "../../inventory/model.ts";
import { parseInput } from "../../mutation.ts";
import type { UnitEnvironment } from "../../scans/perform-unit.ts";
import { ActionRefused } from "../action-handler.ts";
import { findPlaybook } from "../find-playbook.ts";
import type { PlanDocument } from "../model.ts";
import { notifyPlan } from "../notify.ts";
import { parametersSchema } from "../parameters.ts";
import { inParallel } from "./in-parallel.ts";
import { type BareTarget, NothingApplies, planTarget, type TargetPlan } from "./plan-target.ts";
import { missingPrerequisite, type Standing } from "./prerequisites.ts";
import { reachAccount } from "./reach.ts";
import { addEvents, appendOwn } from "./record.ts";

/** Resources read at the same time. */
const places = 8;

type PlanRow = typeof remediationPlans.$inferSelect;
type Chosen = { targetId: string; bare: BareTarget; standing: Standing };

/**
 * Lays a draft out: reads each of its resources afresh by the identity that reads, and writes down what would be done to
 * it. A draft that can't be laid out is given the reason. Safe to repeat: a plan is laid out once.
 */
export async function performPlanning(
  { database: { db } }: UnitEnvironment,
  planId: string,
  signal: AbortSignal,
): Promise<void> {
  const [plan] = await db
    .select()
    .from(remediationPlans)
    .where(
      and(
        eq(remediationPlans.id, planId),
        eq(remediationPlans.state, "draft"),
        isNull(remediationPlans.plannedAt),
      ),
    );
  if (!plan) return;
  const started = performance.now();
  try {
    const chosen = await readTargets(db, plan);
    const laidOut = await layOut(db, plan, chosen, signal);
    await keepPlan(db, plan, chosen, laidOut, performance.now() - started);
  } catch (error) {
    if (!isForPeople(error)) throw error;
    await failPlanning(db, planId, error.message);
  }
}

const isForPeople = (error: unknown): error is Error =>
  error instanceof DomainError || error instanceof NothingApplies || error instanceof ActionRefused;

/** Notes why a draft can't be laid out; nothing for one that was, or was cancelled. */
export async function failPlanning(db: Database, planId: string, reason: string): Promise<void> {
  await db.transaction(async (tx) => {
    const [plan] = await tx
      .update(remediationPlans)
      .set({ plannedAt: sql`now()`, error: reason, revision: sql`revision + 1` })
      .where(
        and(
          eq(remediationPlans.id, planId),
          eq(remediationPlans.state, "draft"),
          isNull(remediationPlans.plannedAt),
        ),
      )
      .returning();
    if (!plan) return;
    await addEvents(tx, plan, [{ kind: "planning_failed", detail: { reason } }]);
    await appendOwn(tx, plan, {
      action: "remediation_plan.plan",
      object: { kind: "remediation_plan", id: planId },
      result: "failed",
      after: { error: reason },
    });
  });
}

async function readTargets(db: Database, plan: PlanRow): Promise<Chosen[]> {
  const rows = await db
    .select({ target: remediationTargets, account: accounts, resource: resources })
    .from(remediationTargets)
    .leftJoin(accounts, eq(accounts.id, remediationTargets.accountId))
    .leftJoin(resources, eq(resources.id, remediationTargets.resourceId))
    .where(eq(remediationTargets.planId, plan.id))
    .orderBy(asc(remediationTargets.ordinal));
  const wanted = await db
    .select({ targetId: remediationFindings.targetId, id: findings.id, checkId: findings.checkId })
    .from(remediationFindings)
    .innerJoin(findings, eq(findings.id, remediationFindings.findingId))
    .where(eq(remediationFindings.planId, plan.id))
    .orderBy(asc(findings.checkId));
  return rows.map(({ target, account, resource }) => {
    if (!account || account.disabledAt || account.deletion) {
      throw new DomainError(
        "conflict",
        `The account of ${target.name} is disabled or gone, so nothing can be read there.`,
      );
    }
    const own = wanted.filter(({ targetId }) => targetId === target.id);
    const verdicts = resource?.verdicts ?? {};
    return {
      targetId: target.id,
      bare: {
        uid: target.uid,
        // The inventory holds nothing but kinds of the registry.
        kind: target.kind as Kind,
        cloud: account.cloud satisfies Cloud,
        account: account.externalId,
        region: target.region,
        name: target.name,
        resourceId: target.resourceId,
        accountId: target.accountId,
        findings: own.map(({ id, checkId }) => ({ id, checkId })),
      },
      standing: {
        name: target.name,
        accountName: account.name,
        writes: account.writeConnection !== null,
        present: resource !== null && resource.deletedAt === null,
        failing: own.some(({ checkId }) => verdicts[checkId] === "fail"),
      },
    };
  });
}

type LaidOut = { document: PlanDocument; reversible: boolean; approvalsNeeded: number };

async function layOut(
  db: Database,
  plan: PlanRow,
  chosen: readonly Chosen[],
  signal: AbortSignal,
): Promise<LaidOut> {
  const { organisationId, id: planId } = plan;
  const { maxResources } = await readLimits(db, organisationId);
  if (chosen.length > maxResources) {
    throw new DomainError(
      "conflict",
      `It is for ${chosen.length} resources, and one plan may change ${maxResources}.`,
    );
  }
  const { playbook, hash } = await findPlaybook(db, organisationId, plan.playbook);
  if (hash !== plan.playbookHash) {
    throw new DomainError("conflict", "The playbook was changed meanwhile. Propose the fix again.");
  }
  const parameters = parseInput(parametersSchema(playbook.parameters), plan.parameters);
  for (const { standing } of chosen) {
    const missing = missingPrerequisite(playbook.prerequisites, standing);
    if (missing) throw new DomainError("conflict", missing);
  }
  const reaches = new Map(
    [...new Set(chosen.map(({ bare }) => bare.accountId))].map((id) => [id, reachAccount(db, id, "read")]),
  );
  try {
    const planning = { organisationId, planId, playbook, parameters, signal };
    const plans = await inParallel(chosen, places, ({ bare }) =>
      planTarget(planning, bare, (both) => {
        const reach = reaches.get(bare.accountId);
        if (!reach) throw new Error(`Account ${bare.accountId} was not opened.`);
        return reach.access(both);
      }),
    );
    const reversible = playbook.irreversible.length === 0 && !plans.some(({ irreversible }) => irreversible);
    return {
      document: documentOf(playbook, hash, parameters, plans),
      reversible,
      // What only shows when planning can add an approval and never take one away.
      approvalsNeeded: reversible ? plan.approvalsNeeded : Math.max(2, plan.approvalsNeeded),
    };
  } finally {
    for (const reach of reaches.values()) reach.close();
  }
}

const documentOf = (
  { id, title }: { id: string; title: string },
  hash: string,
  parameters: PlanDocument["parameters"],
  plans: readonly TargetPlan[],
): PlanDocument => ({
  format: 1,
  playbook: { id, hash, title },
  parameters,
  targets: plans.map(({ target }) => target),
});

async function keepPlan(
  db: Database,
  plan: PlanRow,
  chosen: readonly Chosen[],
  { document, reversible, approvalsNeeded }: LaidOut,
  ms: number,
): Promise<void> {
  const { id: planId, organisationId } = plan;
  const hash = canonicalHash(document);
  await db.transaction(async (tx) => {
    const kept = await tx
      .update(remediationPlans)
      .set({
        document,
        hash,
        reversible,
        approvalsNeeded,
        plannedAt: sql`now()`,
        revision: sql`revision + 1`,
      })
      .where(
        and(
          eq(remediationPlans.id, planId),
          eq(remediationPlans.state, "draft"),
          isNull(remediationPlans.plannedAt),
        ),
      )
      .returning({ id: remediationPlans.id });
    if (kept.length === 0) return;
    const steps = document.targets.flatMap(({ actions }, at) =>
      actions.map(({ action }, ordinal) => ({
        ...{
          id: newId("stp"),
          organisationId,
          planId,
          targetId: chosen[at]?.targetId ?? "",
          ordinal,
          action,
        },
      })),
    );
    await tx.insert(remediationSteps).values(steps);
    await addEvents(tx, plan, [
      { kind: "planned", detail: { hash, resources: document.targets.length }, ms },
    ]);
    await appendOwn(tx, plan, {
      action: "remediation_plan.plan",
      object: { kind: "remediation_plan", id: planId },
      durationMs: ms,
      after: { hash, resources: document.targets.length, reversible, approvalsNeeded },
    });
    await notifyPlan(tx, organisationId, planId);
  });
}
