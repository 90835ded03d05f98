import { setTimeout as sleep } from "node:timers/promises";
import { eq, type SQL, sql } from "drizzle-orm";
import { users } from "#db/identity/schema.ts";
import { remediationPlans } from "#db/remediation/schema.ts";
import { Scope } from "#lib/auth/scope.ts";
import { createPlan } from "#lib/remediation/verbs/create-plan.ts";
import { decidePlan } from "#lib/remediation/verbs/decide-plan.ts";
import { rollBackPlan } from "#lib/remediation/verbs/roll-back-plan.ts";
import { submitPlan } from "#lib/remediation/verbs/submit-plan.ts";
import { startScan } from "#lib/scans/start-scan.ts";
import type { Installation } from "../scan/installation.ts";

export const checks = [
  "aws.ec2.security-group-ssh",
  "aws.ec2.security-group-rdp",
  "aws.ec2.security-group-all-ports",
];

/** Who asks and who decides, and the findings there are to fix, each of a resource of its own. */
export type People = { analyst: Scope; manager: Scope; findingIds: string[] };

/** Scans what the plans are about. */
export async function prepare({ database: { db }, scope }: Installation): Promise<People> {
  const { scanId } = await startScan(db, scope, { checks });
  await until(db, sql`select finished_at is not null from scans where id = ${scanId}`);
  const rows = await db.execute<{ id: string }>(sql`
    select id from (
      select distinct on (resource_id) id, account_id, region from findings where status = 'open' order by resource_id, id
    ) f order by account_id, region, id
  `);
  const scopeOf = async (role: "analyst" | "manager"): Promise<Scope> => {
    const [user] = await db.select().from(users).where(eq(users.role, role)).limit(1);
    if (!user) throw new Error(`The sandbox has no ${role}.`);
    return Scope.ofUser(user);
  };
  const [analyst, manager] = [await scopeOf("analyst"), await scopeOf("manager")];
  return { analyst, manager, findingIds: rows.map(({ id }) => id) };
}

export type MeasuredPlan = {
  resources: number;
  /** From the proposal to the plan that can be read, in seconds. */
  planned: number;
  /** From the approval to the proof. */
  fixed: number;
  /** From asking for the way back until the first step is restored, and read again. */
  stepBack: number;
  /** From asking for the way back until a scan has seen the resources again. */
  restored: number;
};

/** Proposes, approves, waits for the proof, and rolls back. */
export async function measurePlan(
  { database: { db } }: Installation,
  { analyst, manager, findingIds }: People,
  { resources, skip }: { resources: number; skip: number },
): Promise<MeasuredPlan> {
  const chosen = findingIds.slice(skip, skip + resources);
  if (chosen.length < resources) throw new Error(`The sandbox has but ${findingIds.length} such findings.`);
  const [planned, planId] = await timed(async () => {
    const asked = { playbook: "AWS-SG-RESTRICTION", findingIds: chosen, parameters: {} };
    const made = await createPlan(db, analyst, { ...asked, reason: "A benchmark." });
    await until(db, sql`select planned_at is not null from remediation_plans where id = ${made.planId}`);
    return made.planId;
  });
  const read = async () => {
    const [plan] = await db.select().from(remediationPlans).where(eq(remediationPlans.id, planId));
    if (!plan) throw new Error("The plan is gone.");
    return plan;
  };
  const { hash, error, revision } = await read();
  if (error !== null || hash === null) throw new Error(`It could not be planned: ${error}`);
  const [fixed] = await timed(async () => {
    await submitPlan(db, analyst, { planId, revision });
    await decidePlan(db, manager, { planId, hash, decision: "approve" });
    await until(db, sql`select finished_at is not null from remediation_plans where id = ${planId}`);
  });
  const ended = await read();
  if (ended.state !== "succeeded") throw new Error(`The plan is ${ended.state}: ${ended.error}`);
  const started = performance.now();
  await rollBackPlan(db, analyst, { planId, reason: "A benchmark." });
  const back = sql`select count(*) > 0 from remediation_steps where plan_id = ${planId} and state = 'rolled_back'`;
  await until(db, back);
  const stepBack = (performance.now() - started) / 1_000;
  await until(db, sql`select state <> 'rolling_back' from remediation_plans where id = ${planId}`);
  const restored = (performance.now() - started) / 1_000;
  const final = await read();
  if (final.state !== "rolled_back") throw new Error(`The plan is ${final.state}: ${final.error}`);
  return { resources, planned, fixed, stepBack, restored };
}

async function timed<T>(act: () => Promise<T>): Promise<[seconds: number, result: T]> {
  const started = performance.now();
  const result = await act();
  return [(performance.now() - started) / 1_000, result];
}

async function until(db: Installation["database"]["db"], condition: SQL): Promise<void> {
  for (;;) {
    const [row] = await db.execute<{ holds: boolean }>(sql`select (${condition}) as holds`);
    if (row?.holds) return;
    await sleep(10);
  }
}
