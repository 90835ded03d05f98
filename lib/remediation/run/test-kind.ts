import { eq, sql } from "drizzle-orm";
import { afterAll } from "vitest";
import { customPlaybooks, remediationPlans } from "#db/remediation/schema.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { openQueue, provideQueue } from "../../jobs/queue.ts";
import { type ActionContext, ActionRefused, registerAction, type StepContext } from "../action-handler.ts";
import type { Json, WayBack } from "../model.ts";
import type { Playbook } from "../playbook.ts";
import { checkId, createPlanWorld, type PlanWorld } from "../test-plans.ts";
import { createPlan } from "../verbs/create-plan.ts";
import { decidePlan } from "../verbs/decide-plan.ts";
import { submitPlan } from "../verbs/submit-plan.ts";
import { beginPlan } from "./begin-plan.ts";
import { performPlanning } from "./perform-planning.ts";
import { performRollback } from "./perform-rollback.ts";
import { performStep } from "./perform-step.ts";
import type { PlanRow } from "./test-runs.ts";

/*
 * For tests alone: a provider in memory, whose resources are switched on and off, and an engine driven job by job.
 */

type Moment = { uid: string; operation: string; context: ActionContext };

export type FakeCloud = {
  /** What is switched on, as `<uid> <operation>`. */
  on: Set<string>;
  /** What was switched, in order: `on <uid> <operation>`. */
  switched: string[];
  /** Called at each moment of a step; may throw what a provider would, or wait. */
  at: {
    read?(moment: Moment): unknown;
    /** Before the switch, with the call noted as begun. */
    send?(moment: Moment & { step: StepContext }): unknown;
    undo?(moment: Moment): unknown;
  };
  /** Why, by operation, there is no way back. */
  irreversible: Record<string, string>;
};

/** Registers the kind of action `fake`. Its operations are names of switches. */
export function createFakeCloud(): FakeCloud {
  const cloud: FakeCloud = { on: new Set(), switched: [], at: {}, irreversible: {} };
  const key = ({ target }: ActionContext, operation: string) => `${target.uid} ${operation}`;
  const momentOf = (context: ActionContext, operation: string) => ({
    uid: context.target.uid,
    operation,
    context,
  });
  const call = { id: "switch", api: "fake.switch", input: {} };
  registerAction("fake", {
    describe: ({ operation }) => ({
      ...{ cloud: null, kinds: null, irreversible: cloud.irreversible[operation] ?? null },
      permissions: { read: [], write: [] },
    }),
    plan: async ({ operation }, context) => {
      await cloud.at.read?.(momentOf(context, operation));
      const stuck = cloud.irreversible[operation];
      const wayBack: WayBack = stuck ? { irreversible: stuck } : { calls: [call] };
      if (cloud.on.has(key(context, operation)))
        return { outcome: "nothing", before: { on: true }, reason: "On already." };
      return {
        ...{ outcome: "change", before: { on: false }, after: { on: true }, calls: [call] },
        ...{ commands: ["switch on"], wayBack, wayBackCommands: [], notes: [] },
      };
    },
    read: async ({ operation }, context) => {
      await cloud.at.read?.(momentOf(context, operation));
      return { on: cloud.on.has(key(context, operation)) };
    },
    apply: async ({ operation }, context) => {
      if (!context.journal.made.has("switch")) {
        await context.journal.begin("switch", "fake.switch");
        await cloud.at.send?.({ ...momentOf(context, operation), step: context });
        cloud.on.add(key(context, operation));
        cloud.switched.push(`on ${context.target.name} ${operation}`);
        await context.journal.end("switch", null);
      }
      return { after: { on: true }, differs: null };
    },
    rollback: async ({ operation }, context, { before, after }) => {
      const present: Json = { on: cloud.on.has(key(context, operation)) };
      if (JSON.stringify(present) === JSON.stringify(before)) return { after: present, differs: null };
      if (after !== undefined && JSON.stringify(present) !== JSON.stringify(after))
        throw new ActionRefused("drift", "Somebody changed it.");
      await context.journal.begin("switch", "fake.switch");
      await cloud.at.undo?.(momentOf(context, operation));
      cloud.on.delete(key(context, operation));
      cloud.switched.push(`off ${context.target.name} ${operation}`);
      await context.journal.end("switch", null);
      return { after: before, differs: null };
    },
  });
  return cloud;
}

/** Switches named switches on, one after the other. */
export const switching = (
  id: string,
  operations: readonly string[],
  given: Partial<Playbook> = {},
): Playbook => ({
  ...{ id, title: "Switch it on", description: "For tests.", category: "other", clouds: ["aws"] },
  ...{ severity: "low", fixes: [checkId], parameters: {}, prerequisites: [], risk: "medium", approvals: 1 },
  ...{ irreversible: [], leftToPeople: [] },
  actions: operations.map((operation) => ({
    ...{ id: `switch-${operation}`, title: operation, kind: "fake", operation, timeoutSeconds: 60 },
  })),
  ...given,
});

export type Engine = {
  database: TestDatabase;
  world: PlanWorld;
  /** Proposes the playbook for the world's findings, and lays it out. */
  draft(playbook: Playbook): Promise<PlanRow>;
  /** Submits and approves it; it begins by itself, if nothing holds it back, unless `wait`. */
  approve(plan: PlanRow, options?: { wait?: boolean }): Promise<void>;
  /** Drafts, approves and begins. */
  begun(playbook: Playbook): Promise<PlanRow>;
  plan(planId: string): Promise<PlanRow>;
  /** Performs what is queued of a plan's steps until nothing is left, one job at a time. */
  work(planId: string, workerId?: string): Promise<void>;
  /** `<name> <state>` of each resource. */
  targets(planId: string): Promise<string[]>;
  /** `<name> <action> <state>` of each step. */
  steps(planId: string): Promise<string[]>;
  stepIds(planId: string): Promise<string[]>;
};

export const signal = new AbortController().signal;

/** A database of its own, and an organisation with `buckets` resources that fail a check. No worker takes jobs from it. */
export async function createEngine(buckets: number): Promise<Engine> {
  const database = await createTestDatabase();
  const { db } = database;
  const queue = await openQueue(database.url, { works: false });
  provideQueue(queue);
  afterAll(async () => {
    await queue.close();
    await database.close();
  });
  const world = await createPlanWorld(db, buckets);
  const { analyst, manager, secondManager } = world.scopes;
  const env = (workerId: string) => ({ database, workerId });

  const plan: Engine["plan"] = async (planId) => {
    const [row] = await db.select().from(remediationPlans).where(eq(remediationPlans.id, planId));
    if (!row) throw new Error("The plan is gone.");
    return row;
  };
  const draft: Engine["draft"] = async (playbook) => {
    await db
      .insert(customPlaybooks)
      .values({
        organisationId: world.organisationId,
        ...{ key: playbook.id, version: 1, document: { ...playbook }, createdBy: world.users.analyst.id },
      })
      .onConflictDoNothing();
    const asked = { playbook: playbook.id, findingIds: world.findingIds, parameters: {}, reason: "A test." };
    const { planId } = await createPlan(db, analyst, asked);
    await performPlanning(env("planner"), planId, signal);
    return plan(planId);
  };
  const approve: Engine["approve"] = async (
    { id: planId, hash, error, revision, approvalsNeeded },
    { wait = false } = {},
  ) => {
    if (error !== null || hash === null) throw new Error(`It could not be planned: ${error}`);
    await submitPlan(db, analyst, { planId, revision, runWhenApproved: !wait });
    for (const scope of [manager, secondManager].slice(0, approvalsNeeded)) {
      await decidePlan(db, scope, { planId, hash, decision: "approve" });
    }
  };
  return {
    ...{ database, world, draft, approve, plan },
    begun: async (playbook) => {
      const drafted = await draft(playbook);
      await approve(drafted, { wait: true });
      await db.transaction((tx) => beginPlan(tx, drafted.id));
      return plan(drafted.id);
    },
    work: async (planId, workerId = "worker") => {
      for (;;) {
        const jobs = await db.execute<{ id: string; queue: string; stepId: string }>(sql`
          select j.id, j.name as queue, j.data ->> 'stepId' as "stepId" from pgboss.job j
          join remediation_steps s on s.id = j.data ->> 'stepId'
          where j.state < 'active' and j.name in ('remediation-step', 'remediation-rollback') and s.plan_id = ${planId}
          order by j.created_on, j.id limit 1
        `);
        const [job] = jobs;
        if (!job) return;
        const perform = job.queue === "remediation-step" ? performStep : performRollback;
        await perform(env(workerId), job.stepId, signal);
        await queue.boss.deleteJob(job.queue, job.id);
      }
    },
    targets: async (planId) => {
      const rows = await db.execute<{ said: string }>(sql`
        select name || ' ' || state as said from remediation_targets where plan_id = ${planId} order by name`);
      return rows.map(({ said }) => said);
    },
    steps: async (planId) => {
      const rows = await db.execute<{ said: string }>(sql`
        select t.name || ' ' || s.action || ' ' || s.state as said from remediation_steps s
          join remediation_targets t on t.id = s.target_id where s.plan_id = ${planId} order by t.name, s.ordinal`);
      return rows.map(({ said }) => said);
    },
    stepIds: async (planId) => {
      const rows = await db.execute<{ id: string }>(sql`
        select s.id from remediation_steps s join remediation_targets t on t.id = s.target_id
        where s.plan_id = ${planId} order by t.name, s.ordinal`);
      return rows.map(({ id }) => id);
    },
  };
}
