import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { ActionRefused, TryLater } from "../action-handler.ts";
import { rollBackPlan } from "../verbs/roll-back-plan.ts";
import { giveUpRollback, giveUpStep } from "./give-up.ts";
import { performStep } from "./perform-step.ts";
import { createEngine, createFakeCloud, signal, switching } from "./test-kind.ts";
import { performTick } from "./tick.ts";

const cloud = createFakeCloud();
const engine = await createEngine(1);
const { db, sql: connection } = engine.database;
const { analyst } = engine.world.scopes;
const three = switching("TEST-THREE", ["a", "b", "c"]);
const env = (workerId: string) => ({ database: engine.database, workerId });

beforeEach(async () => {
  cloud.on.clear();
  cloud.switched.length = 0;
  cloud.at = {};
  cloud.irreversible = {};
  await db.transaction(async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`);
    await tx.execute(sql`update remediation_plans set state = 'cancelled'`);
  });
});

const refuseAt = (operation: string, before: "call" | "effect") => {
  cloud.at.send = async (moment) => {
    if (moment.operation !== operation) return;
    if (before === "call") await moment.step.journal.fail("switch", "AccessDenied: no.");
    else cloud.on.add(`${moment.uid} ${operation}`);
    throw new ActionRefused(before === "call" ? "denied" : "failed", "No.");
  };
};
/** As after the scan that verifies. */
const verified = (planId: string, state: "succeeded" | "changed_unverified") =>
  db.execute(sql`
    with t as (update remediation_targets set state = ${state} where plan_id = ${planId} and state = 'verifying')
    update remediation_plans set state = ${state} where id = ${planId}`);
const errorOf = async (planId: string) => {
  const [row] = await db.execute<{ error: string | null }>(
    sql`select error from remediation_targets where plan_id = ${planId}`,
  );
  return row?.error;
};

describe("a later action that fails", () => {
  it("has the earlier ones undone, the last first", async () => {
    const plan = await engine.begun(three);
    refuseAt("c", "call");
    await engine.work(plan.id);
    expect(cloud.switched).toEqual(["on bucket-1 a", "on bucket-1 b", "off bucket-1 b", "off bucket-1 a"]);
    expect(await engine.steps(plan.id)).toEqual([
      ...["bucket-1 switch-a rolled_back", "bucket-1 switch-b rolled_back", "bucket-1 switch-c failed"],
    ]);
    expect(await engine.targets(plan.id)).toEqual(["bucket-1 failed"]);
    expect(await errorOf(plan.id)).toBe("No. What had been done was undone.");
    expect(await engine.plan(plan.id)).toMatchObject({ state: "failed" });
  });

  it("half-way is undone itself", async () => {
    const plan = await engine.begun(three);
    refuseAt("b", "effect");
    await engine.work(plan.id);
    expect(cloud.switched).toEqual(["on bucket-1 a", "off bucket-1 b", "off bucket-1 a"]);
    expect([...cloud.on]).toEqual([]);
    expect(await engine.steps(plan.id)).toEqual([
      ...["bucket-1 switch-a rolled_back", "bucket-1 switch-b rolled_back", "bucket-1 switch-c skipped"],
    ]);
  });

  it("leaves it to a person when that can't be undone, who can have it tried again", async () => {
    const plan = await engine.begun(three);
    refuseAt("c", "call");
    cloud.at.undo = ({ operation }) => {
      if (operation === "b") throw new ActionRefused("denied", "Not that either.");
    };
    await engine.work(plan.id);
    expect(await engine.steps(plan.id)).toEqual([
      ...["bucket-1 switch-a applied", "bucket-1 switch-b rollback_failed", "bucket-1 switch-c failed"],
    ]);
    expect(await engine.targets(plan.id)).toEqual(["bucket-1 rollback_failed"]);
    expect(await errorOf(plan.id)).toBe("No. Not that either.");
    expect(await engine.plan(plan.id)).toMatchObject({ state: "failed" });
    cloud.at = {};
    await rollBackPlan(db, analyst, { planId: plan.id, reason: "Again." });
    await engine.work(plan.id);
    expect(await engine.targets(plan.id)).toEqual(["bucket-1 rolled_back"]);
    expect([...cloud.on]).toEqual([]);
  });
});

describe("what passes by itself", () => {
  it("leaves a step to be tried again, where it was", async () => {
    const plan = await engine.begun(three);
    const [first = ""] = await engine.stepIds(plan.id);
    cloud.at.send = () => {
      throw new TryLater("Slow down.");
    };
    await expect(performStep(env("w"), first, signal)).rejects.toThrow("Slow down.");
    expect(await engine.steps(plan.id)).toContain("bucket-1 switch-a running");
    cloud.at = {};
    await engine.work(plan.id);
    expect(cloud.switched).toEqual(["on bucket-1 a", "on bucket-1 b", "on bucket-1 c"]);
  });

  it("ends the step when it doesn't pass, with what was done undone", async () => {
    const plan = await engine.begun(three);
    const [first = "", second = ""] = await engine.stepIds(plan.id);
    await performStep(env("w"), first, signal);
    cloud.at.send = () => {
      throw new TryLater("Slow down.");
    };
    await expect(performStep(env("w"), second, signal)).rejects.toThrow("Slow down.");
    await giveUpStep(db, second, "w");
    cloud.at = {};
    await engine.work(plan.id);
    expect(cloud.switched).toEqual(["on bucket-1 a", "off bucket-1 a"]);
    expect(await errorOf(plan.id)).toBe("Slow down. What had been done was undone.");
  });

  it("ends a way back, too", async () => {
    const plan = await engine.begun(switching("TEST-A", ["a"]));
    await engine.work(plan.id);
    await verified(plan.id, "succeeded");
    await rollBackPlan(db, analyst, { planId: plan.id, reason: "It was needed." });
    const [first = ""] = await engine.stepIds(plan.id);
    cloud.at.undo = () => {
      throw new TryLater("Slow down.");
    };
    await expect(engine.work(plan.id)).rejects.toThrow("Slow down.");
    await giveUpRollback(db, first, "w");
    expect(await engine.targets(plan.id)).toEqual(["bucket-1 rollback_failed"]);
    expect(await errorOf(plan.id)).toBe("Slow down.");
  });

  it("is no error of ours told to anybody", async () => {
    const plan = await engine.begun(three);
    const [first = ""] = await engine.stepIds(plan.id);
    cloud.at.send = () => {
      throw new Error("secret-token-123 in a stack");
    };
    await expect(performStep(env("w"), first, signal)).rejects.toThrow("secret-token-123");
    await giveUpStep(db, first, "w");
    const rows = await connection`
      select to_jsonb(s) as row from remediation_steps s where plan_id = ${plan.id}
      union all select to_jsonb(t) from remediation_targets t where plan_id = ${plan.id}
      union all select to_jsonb(e) from remediation_events e where plan_id = ${plan.id}
      union all select to_jsonb(a) from audit_entries a
      union all select to_jsonb(j) from pgboss.job j`;
    expect(JSON.stringify(rows)).not.toContain("secret-token-123");
  });
});

describe("an attempt whose step was given to another", () => {
  it("makes no further call, and writes nothing", async () => {
    const plan = await engine.begun(switching("TEST-A", ["a"]));
    const [first = ""] = await engine.stepIds(plan.id);
    const { promise: gate, resolve: open } = Promise.withResolvers<void>();
    const { promise: reached, resolve: reach } = Promise.withResolvers<void>();
    let held = false;
    cloud.at.read = async () => {
      if (held) return;
      held = true;
      reach();
      await gate;
    };
    const zombie = performStep(env("zombie"), first, signal);
    await reached;
    await performStep(env("successor"), first, signal);
    const state = async () => [
      ...(await connection`select *, xmin from remediation_steps where plan_id = ${plan.id}`),
      ...(await connection`select count(*) from remediation_events where plan_id = ${plan.id}`),
    ];
    const after = await state();
    expect(after[0]).toMatchObject({ state: "applied", worker_id: "successor", attempts: 2 });
    open();
    await zombie;
    expect(await state()).toEqual(after);
    expect(cloud.switched).toEqual(["on bucket-1 a"]);
  });
});

describe("what can't be undone", () => {
  it("takes two approvals, and stays when the rest is put back", async () => {
    const words = "A key that was deleted can't be had back.";
    cloud.irreversible = { b: words };
    const draft = await engine.draft(switching("TEST-IRREVERSIBLE", ["a", "b"]));
    expect(draft).toMatchObject({ reversible: false, approvalsNeeded: 2 });
    await engine.approve(draft);
    await engine.work(draft.id);
    await verified(draft.id, "succeeded");
    await rollBackPlan(db, analyst, { planId: draft.id, reason: "It was needed." });
    await engine.work(draft.id);
    expect(await engine.steps(draft.id)).toEqual([
      ...["bucket-1 switch-a rolled_back", "bucket-1 switch-b rollback_failed"],
    ]);
    expect(await engine.targets(draft.id)).toEqual(["bucket-1 rollback_failed"]);
    expect(await errorOf(draft.id)).toBe(words);
    expect(cloud.switched).toEqual(["on bucket-1 a", "on bucket-1 b", "off bucket-1 a"]);
  });
});

describe("a secret that a step is handed out", () => {
  it("is kept sealed, nowhere else, and destroyed when nobody collects it", async () => {
    const plan = await engine.begun(switching("TEST-A", ["a"]));
    cloud.at.send = ({ step }) => step.journal.keepSecret("SecretAccessKey", "wJalrXUtnFEMI/K7MDENG");
    await engine.work(plan.id);
    const secrets = () => connection<{ name: string; sealed: Buffer | null; key_id: string | null }[]>`
      select name, sealed, key_id from remediation_secrets where plan_id = ${plan.id}`;
    const [kept] = await secrets();
    expect(kept).toMatchObject({ name: "SecretAccessKey" });
    expect(kept?.sealed?.toString("latin1")).not.toContain("wJalrXUtnFEMI");
    const rows = await connection`
      select to_jsonb(s) as row from remediation_steps s where plan_id = ${plan.id}
      union all select to_jsonb(e) from remediation_events e where plan_id = ${plan.id}
      union all select to_jsonb(a) from audit_entries a
      union all select to_jsonb(j) from pgboss.job j`;
    expect(JSON.stringify(rows)).not.toContain("wJalrXUtnFEMI");
    await connection`update remediation_secrets set expires_at = now() - interval '1 minute'`;
    await performTick(db, signal);
    expect([...(await secrets())]).toEqual([{ name: "SecretAccessKey", sealed: null, key_id: null }]);
  });
});

it("a secret of an attempt whose step was given to another doesn't take the place of the other's", async () => {
  const plan = await engine.begun(switching("TEST-A", ["a"]));
  const [first = ""] = await engine.stepIds(plan.id);
  const { promise: gate, resolve: open } = Promise.withResolvers<void>();
  const { promise: reached, resolve: reach } = Promise.withResolvers<void>();
  let attempts = 0;
  let refused: unknown;
  cloud.at.send = async ({ step }) => {
    attempts += 1;
    if (attempts > 1) return step.journal.keepSecret("key", "the one that counts");
    reach();
    await gate;
    return step.journal.keepSecret("key", "nobody's").catch((error: unknown) => {
      refused = error;
      throw error;
    });
  };
  const zombie = performStep(env("zombie"), first, signal);
  await reached;
  await performStep(env("successor"), first, signal);
  const kept = () => connection`select sealed from remediation_secrets where plan_id = ${plan.id}`;
  const before = [...(await kept())];
  expect(before).toHaveLength(1);
  open();
  await zombie;
  expect(refused).toMatchObject({ name: "StepSuperseded" });
  expect([...(await kept())]).toEqual(before);
});

describe("an action that takes too long", () => {
  it("is cut off, and what it may have done is undone", async () => {
    const slow = switching("TEST-SLOW", ["a"]);
    const [action] = slow.actions;
    if (!action) throw new Error("There is no action.");
    const plan = await engine.begun({ ...slow, actions: [{ ...action, timeoutSeconds: 1 }] });
    cloud.at.send = ({ uid, context }) => {
      cloud.on.add(`${uid} a`);
      return new Promise((_, reject) =>
        context.signal.addEventListener("abort", () => reject(context.signal.reason)),
      );
    };
    await engine.work(plan.id);
    expect(await errorOf(plan.id)).toBe("It took longer than 1 seconds. What had been done was undone.");
    expect([...cloud.on]).toEqual([]);
  });
});
