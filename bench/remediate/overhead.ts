import { eq, sql } from "drizzle-orm";
import { customPlaybooks, remediationPlans } from "#db/remediation/schema.ts";
import { actionKinds, registerAction } from "#lib/remediation/action-handler.ts";
import type { Playbook } from "#lib/remediation/playbook.ts";
import { beginPlan } from "#lib/remediation/run/begin-plan.ts";
import { performPlanning } from "#lib/remediation/run/perform-planning.ts";
import { performStep } from "#lib/remediation/run/perform-step.ts";
import { createPlan } from "#lib/remediation/verbs/create-plan.ts";
import { decidePlan } from "#lib/remediation/verbs/decide-plan.ts";
import { submitPlan } from "#lib/remediation/verbs/submit-plan.ts";
import type { Installation } from "../scan/installation.ts";
import { checks, type People } from "./plan.ts";

/** An action of one call that takes no time, so that all the time a step takes is the engine's own. */
const idle = {
  ...{ id: "BENCH-IDLE", title: "Change nothing", description: "A benchmark.", category: "other" },
  ...{ clouds: ["aws"], severity: "low", fixes: [...checks], parameters: {} },
  ...{ prerequisites: ["write_identity", "resource_present"], risk: "low", approvals: 1 },
  ...{ irreversible: [], leftToPeople: [] },
  actions: [{ id: "idle", title: "Nothing", kind: "idle", operation: "idle", timeoutSeconds: 60 }],
} as const satisfies Playbook;

/** Milliseconds from taking a step until its end is committed, over `steps` steps, one after the other. */
export async function measureOverhead(
  { database, scope }: Installation,
  { analyst, manager, findingIds }: People,
  steps: number,
): Promise<{ mean: number; p95: number; cpu: number; roundTrip: number }> {
  const { db } = database;
  if (!actionKinds().includes("idle")) registerIdle();
  await db
    .insert(customPlaybooks)
    .values({
      organisationId: scope.organisationId,
      ...{ key: idle.id, version: 1, document: { ...idle }, createdBy: analyst.actor.id },
    })
    .onConflictDoNothing();
  const env = { database, workerId: "bench" };
  const { signal } = new AbortController();
  const asked = { playbook: idle.id, findingIds: findingIds.slice(0, steps), parameters: {} };
  const { planId } = await createPlan(db, analyst, { ...asked, reason: "A benchmark." });
  await performPlanning(env, planId, signal);
  const [plan] = await db.select().from(remediationPlans).where(eq(remediationPlans.id, planId));
  if (!plan?.hash) throw new Error(`It could not be planned: ${plan?.error}`);
  await submitPlan(db, analyst, { planId, revision: plan.revision, runWhenApproved: false });
  await decidePlan(db, manager, { planId, hash: plan.hash, decision: "approve" });
  await db.transaction((tx) => beginPlan(tx, planId));
  const spent: number[] = [];
  const cpuBefore = process.cpuUsage();
  for (;;) {
    const [next] = await db.execute<{ id: string }>(sql`
      select s.id from remediation_steps s join remediation_targets t on t.id = s.target_id
      where s.plan_id = ${planId} and s.state = 'waiting' and t.state = 'running' order by t.ordinal limit 1
    `);
    if (!next) break;
    const started = performance.now();
    await performStep(env, next.id, signal);
    spent.push(performance.now() - started);
  }
  const cpu = process.cpuUsage(cpuBefore);
  if (spent.length !== steps) throw new Error(`Of ${steps} steps, ${spent.length} were carried out.`);
  const sorted = spent.toSorted((a, b) => a - b);
  return {
    mean: spent.reduce((sum, ms) => sum + ms, 0) / spent.length,
    cpu: (cpu.user + cpu.system) / 1_000 / steps,
    roundTrip: await measureRoundTrip(db),
    p95: sorted[Math.ceil(sorted.length * 0.95) - 1] ?? 0,
  };
}

/** What the database takes to answer nothing, in milliseconds: a measure of how busy the machine is. */
async function measureRoundTrip(db: Installation["database"]["db"]): Promise<number> {
  const times = 200;
  const started = performance.now();
  for (let time = 0; time < times; time += 1) await db.execute(sql`select ${time}::int`);
  return (performance.now() - started) / times;
}

function registerIdle(): void {
  registerAction("idle", {
    describe: () => ({ cloud: null, kinds: null, irreversible: null, permissions: { read: [], write: [] } }),
    plan: async () => ({
      ...{ outcome: "change", before: { on: false }, after: { on: true }, commands: [], notes: [] },
      calls: [{ id: "idle", api: "bench.idle", input: {} }],
      ...{ wayBack: { calls: [] }, wayBackCommands: [] },
    }),
    read: async () => ({ on: false }),
    apply: async (_action, { journal }) => {
      await journal.begin("idle", "bench.idle");
      await journal.end("idle", null);
      return { after: { on: true }, differs: null };
    },
    rollback: async () => ({ after: { on: false }, differs: null }),
  });
}
