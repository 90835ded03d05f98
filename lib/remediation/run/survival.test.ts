import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type BucketState, s3State } from "#sandbox/aws/handlers/s3/state.ts";
import { createTestCloud } from "../../scans/test-cloud.ts";
import { forgetScans } from "../../scans/test-state.ts";
import type { StepState } from "../model.ts";
import { rollBackPlan } from "../verbs/roll-back-plan.ts";
import { runPlan } from "../verbs/run-plan.ts";
import { createRuns, type PlanRow } from "./test-runs.ts";

const cloud = await createTestCloud({ accounts: ["Acme Production"], workers: 0 });
const { db, sql: connection } = cloud.database;
const { faults } = cloud.sandbox;
const runs = await createRuns(cloud);
const checkId = "aws.s3.bucket-block-public-access";
const names = [
  "acme-prod-old-uploads",
  "acme-prod-any-vpc",
  "acme-prod-half-the-internet",
  "acme-prod-thumbnails",
  "acme-prod-customer-exports",
] as const;
const long = { timeout: 180_000 };

const bucket = (name: string): BucketState => {
  const found = s3State(cloud.estateOf()).get(name);
  if (!found) throw new Error(`There is no bucket ${name}.`);
  return found;
};
const blocked = {
  ...{ BlockPublicAcls: true, IgnorePublicAcls: true },
  ...{ BlockPublicPolicy: true, RestrictPublicBuckets: true },
};
const blocks = () => names.map((name) => bucket(name).publicAccessBlock);
const original = structuredClone(blocks());

let children: ChildProcess[] = [];
const spawn = async (concurrency?: number) => {
  const child = await cloud.spawnWorker(concurrency);
  children.push(child);
  return child;
};
async function end(child: ChildProcess, how: "SIGKILL" | "SIGTERM") {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill(how);
    await once(child, "exit");
  }
}

/** Laid out by a worker in this process, carried out by those that the test starts. */
async function approvedPlan(): Promise<PlanRow> {
  const worker = await cloud.addWorker();
  await cloud.scan({ services: ["s3"] });
  const plan = await runs.approved("AWS-PUBLIC-S3", await runs.findings(checkId, names), { wait: true });
  await worker.stop();
  return plan;
}

/** Which calls of which bucket are held, and what is done to the bucket before its worker dies. */
type Hold = { bucket: string; operation: string; nth: number; effect?(): void };

/**
 * Holds the calls until `release`, after which they fail as those of a dead caller do. Counts, by bucket, the writes that
 * came through.
 */
function hold(holds: readonly Hold[]) {
  const { promise: gate, resolve: release } = Promise.withResolvers<void>();
  const reached = holds.map(() => Promise.withResolvers<void>());
  const seen = new Map<string, number>();
  const written = new Map<string, number>();
  faults.beforeHandler = async ({ operation }, input) => {
    const name = "Bucket" in input ? String(input.Bucket) : "";
    const key = `${name} ${operation}`;
    seen.set(key, (seen.get(key) ?? 0) + 1);
    const at = holds.findIndex(
      (each) => each.bucket === name && each.operation === operation && each.nth === seen.get(key),
    );
    if (at >= 0) {
      holds[at]?.effect?.();
      if (holds[at]?.effect) written.set(name, (written.get(name) ?? 0) + 1);
      reached[at]?.resolve();
      await gate;
      throw new Error("The caller is gone.");
    }
    if (/^(Put|Delete)/.test(operation)) written.set(name, (written.get(name) ?? 0) + 1);
  };
  return { release, written, allReached: () => Promise.all(reached.map(({ promise }) => promise)) };
}

beforeEach(async () => {
  faults.reset();
  names.forEach((name, at) => {
    bucket(name).publicAccessBlock = structuredClone(original[at] ?? null);
  });
  await db.execute(sql`truncate remediation_findings`);
  await forgetScans(db);
});
afterEach(async () => {
  faults.reset();
  await Promise.all(children.map((child) => end(child, "SIGTERM")));
  children = [];
});

const ended = (planId: string) => runs.reaches(planId, "succeeded", "failed", "changed_unverified");
const [a, b, c, d, e] = names;
/** Nothing holds the fifth bucket's step: it ends before its worker dies, or its call would be begun and be made again. */
const fifthIs = (plan: PlanRow, state: StepState) =>
  cloud.until(sql`
    select s.state = ${state} from remediation_steps s join remediation_targets t on t.id = s.target_id
    where s.plan_id = ${plan.id} and t.name = ${e}`);

describe("a worker that is killed", () => {
  it("at each point of a step has the others go on, and nothing applied twice", long, async () => {
    const plan = await approvedPlan();
    const victim = await spawn();
    const held = hold([
      // Before the before-image.
      { bucket: a, operation: "GetPublicAccessBlock", nth: 1 },
      // After it was noted that the call is begun, before the provider took it.
      { bucket: b, operation: "PutPublicAccessBlock", nth: 1 },
      // After the provider did it, before it answered.
      {
        ...{ bucket: c, operation: "PutPublicAccessBlock", nth: 1 },
        effect: () => {
          bucket(c).publicAccessBlock = { ...blocked };
        },
      },
      // Before the after-image.
      { bucket: d, operation: "GetPublicAccessBlock", nth: 2 },
    ]);
    await runPlan(db, runs.analyst, { planId: plan.id });
    await held.allReached();
    await fifthIs(plan, "applied");
    expect(await runs.steps(plan.id)).toMatchObject(
      names.toSorted().map((name) => ({ state: name === e ? "applied" : "running", attempts: 1 })),
    );
    await end(victim, "SIGKILL");
    held.release();
    await spawn();
    expect(await ended(plan.id)).toMatchObject({ state: "succeeded", error: null });
    expect(blocks()).toEqual(names.map(() => blocked));
    // What the dead worker may have begun is made again to the same end; what it has noted as made never is.
    expect(Object.fromEntries(held.written)).toEqual({ [a]: 1, [b]: 1, [c]: 2, [d]: 1, [e]: 1 });
    const befores = await connection<{ name: string; before: unknown }[]>`
      select t.name, s.before from remediation_steps s join remediation_targets t on t.id = s.target_id
      where s.plan_id = ${plan.id}`;
    expect(Object.fromEntries(befores.map(({ name, before }) => [name, before]))).toEqual(
      Object.fromEntries(
        names.map((name, at) => [name, { PublicAccessBlockConfiguration: original[at] ?? null }]),
      ),
    );

    const second = await spawn();
    await end(
      children.find((child) => child !== second && child.exitCode === null && child.signalCode === null) ??
        second,
      "SIGTERM",
    );
    const back = hold([
      { bucket: a, operation: "GetPublicAccessBlock", nth: 1 },
      { bucket: b, operation: original[1] ? "PutPublicAccessBlock" : "DeletePublicAccessBlock", nth: 1 },
      {
        ...{ bucket: c, operation: original[2] ? "PutPublicAccessBlock" : "DeletePublicAccessBlock", nth: 1 },
        effect: () => {
          bucket(c).publicAccessBlock = structuredClone(original[2] ?? null);
        },
      },
      { bucket: d, operation: "GetPublicAccessBlock", nth: 2 },
    ]);
    await rollBackPlan(db, runs.analyst, { planId: plan.id, reason: "It was needed." });
    await back.allReached();
    await fifthIs(plan, "rolled_back");
    await end(second, "SIGKILL");
    back.release();
    await spawn();
    expect(await runs.reaches(plan.id, "rolled_back", "rollback_failed")).toMatchObject({
      state: "rolled_back",
    });
    expect(blocks()).toEqual(original);
    expect(Object.fromEntries(back.written)).toEqual({ [a]: 1, [b]: 1, [c]: 1, [d]: 1, [e]: 1 });
  });
});

describe("two workers", () => {
  it("share a plan, and do nothing twice", long, async () => {
    const plan = await approvedPlan();
    await Promise.all([spawn(2), spawn(2)]);
    const held = hold([]);
    const count = faults.beforeHandler;
    const three = Promise.withResolvers<void>();
    let writing = 0;
    // Three at once are more than either of them has places for.
    faults.beforeHandler = async (call, input) => {
      await count?.(call, input);
      if (call.operation !== "PutPublicAccessBlock") return;
      writing += 1;
      if (writing === 3) three.resolve();
      await three.promise;
    };
    await runPlan(db, runs.analyst, { planId: plan.id });
    expect(await ended(plan.id)).toMatchObject({ state: "succeeded" });
    expect(Object.fromEntries(held.written)).toEqual(Object.fromEntries(names.map((name) => [name, 1])));
    const steps =
      await connection`select distinct worker_id from remediation_steps where plan_id = ${plan.id}`;
    expect(steps).toHaveLength(2);
  });
});

describe("a database that drops every connection", () => {
  it("costs nothing, with workers that are started again when they end", long, async () => {
    const plan = await approvedPlan();
    let stopped = false;
    const supervise = async () => {
      while (!stopped) {
        // One may lose its connections before it is ready, and is started again like any other.
        const child = await spawn().catch(() => null);
        if (child) await once(child, "exit");
      }
    };
    const supervised = supervise();
    const held = hold([]);
    faults.latencyMs = 40;
    const drop = () => connection`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name in ('parapet-worker', 'parapet-queue')
        and pid <> pg_backend_pid()`;
    await runPlan(db, runs.analyst, { planId: plan.id });
    for (const state of ["running", "applied"]) {
      await cloud.until(sql`
        select count(*) > 0 from remediation_steps where plan_id = ${plan.id} and state = ${state}
      `);
      await drop();
    }
    await cloud.until(sql`select state <> 'running' from remediation_plans where id = ${plan.id}`);
    await drop();
    expect(await ended(plan.id)).toMatchObject({ state: "succeeded", error: null });
    expect(blocks()).toEqual(names.map(() => blocked));
    // A call that nobody could note as made is made again, to the same end.
    for (const count of held.written.values()) expect(count).toBeLessThanOrEqual(2);
    stopped = true;
    await Promise.all(children.map((child) => end(child, "SIGTERM")));
    await supervised;
  });
});
