import assert from "node:assert/strict";
import { randomBytes, randomUUID } from "node:crypto";
import { openSession } from "#lib/clouds/open-session.ts";
import type { ReachableAccount } from "#lib/clouds/session.ts";
import { collectorsFor } from "#lib/inventory/registry.ts";
import { scanAccount } from "#lib/scans/scan-account.ts";
import { keyringOf, provideKeyring } from "#lib/secrets/keys.ts";
import type { ActionSpec, Applied, Journal, StepContext } from "./action-handler.ts";
import { cloudActions } from "./cloud-action.ts";
import type { ActionPlan, CallRecord, Json, PlannedAction, PlannedTarget, Target } from "./model.ts";

/** Where a worker dies: before a call went out, after it did and before that was noted, after that was noted. */
export type Crash = { call: number; when: "begun" | "sent" | "ended" };

export class Crashed extends Error {
  override readonly name = "Crashed";
}

/** A journal in memory, that can have the worker die at a call, once. */
export class TestJournal implements Journal {
  readonly records: CallRecord[] = [];
  readonly secrets = new Map<string, string>();
  #crash: Crash | undefined;
  #calls = 0;

  constructor(crash?: Crash) {
    this.#crash = crash;
  }

  get made(): ReadonlyMap<string, Json> {
    return new Map(this.records.flatMap(({ id, output }) => (output === undefined ? [] : [[id, output]])));
  }

  get begun(): ReadonlySet<string> {
    return new Set(
      this.records
        .filter(({ output, error }) => output === undefined && error === undefined)
        .map(({ id }) => id),
    );
  }

  async begin(id: string, api: string): Promise<void> {
    const known = this.records.findIndex((record) => record.id === id);
    if (known >= 0) this.records.splice(known, 1);
    this.records.push({ id, api, startedAt: new Date().toISOString() });
    this.#calls += 1;
    this.#dieAt("begun");
  }

  async end(id: string, output: Json): Promise<void> {
    this.#dieAt("sent");
    this.#change(id, { output });
    this.#dieAt("ended");
  }

  async fail(id: string, error: string): Promise<void> {
    this.#change(id, { error });
  }

  async keepSecret(name: string, value: string): Promise<void> {
    this.secrets.set(name, value);
  }

  #change(id: string, change: Partial<CallRecord>): void {
    const record = this.records.find((one) => one.id === id);
    if (record) Object.assign(record, { endedAt: new Date().toISOString(), ...change });
  }

  #dieAt(when: Crash["when"]): void {
    if (this.#crash?.when !== when || this.#crash.call !== this.#calls) return;
    this.#crash = undefined;
    throw new Crashed(`The worker died at call ${this.#calls}, ${when}.`);
  }
}

export type Rehearsal = {
  /** The account by the identity that writes. */
  account: ReachableAccount;
  target: Target;
  /** Such as `aws.ec2.restrict-ingress`. */
  operation: string;
  with?: { [key: string]: Json };
  /** Checks that fail on the target before and after the way back, and pass in between. */
  checks?: readonly string[];
  /** Whether to die once at each point of each call, and go on or go back from there; true when left out. */
  crashes?: boolean;
};

export type Rehearsed = { plan: Extract<ActionPlan, { outcome: "change" }>; after: Json };

/**
 * Carries out an operation and brings the resource back, then again with the worker dying at every point: each time the
 * resource must be what was planned, and afterwards exactly what it was before.
 */
export async function rehearse(rehearsal: Rehearsal): Promise<Rehearsed> {
  const { account, target, operation, checks = [] } = rehearsal;
  const { handler, context, close } = open(rehearsal);
  try {
    const spec: ActionSpec = { kind: target.cloud, operation, with: rehearsal.with ?? {} };
    const plan = await handler.plan(spec, context());
    if (plan.outcome !== "change") throw new Error(`Nothing was planned: ${plan.reason}`);
    const action: PlannedAction = { ...spec, action: "test", title: "Test", timeoutSeconds: 60, plan };
    const expectVerdicts = async (status: string) =>
      assert.deepEqual(
        await readVerdicts(account, target, checks),
        Object.fromEntries(checks.map((id) => [id, status])),
      );
    const read = () => handler.read(action, context());

    await expectVerdicts("fail");
    const journal = new TestJournal();
    const step = { ...context(), journal };
    const applied = await handler.apply(action, step, plan.before);
    assert.deepEqual(applied, { after: applied.after, differs: null });
    await expectVerdicts("pass");
    // As after a crash behind the last call: nothing is done twice.
    assert.deepEqual(await handler.apply(action, step, plan.before), applied);
    const undo = { before: plan.before, after: applied.after, calls: journal.records };
    const restored = { after: plan.before, differs: null };
    assert.deepEqual(await handler.rollback(action, context(), undo), restored);
    assert.deepEqual(await read(), plan.before);
    await expectVerdicts("fail");
    if (rehearsal.crashes === false) return { plan, after: applied.after };

    for (const crash of crashesOf(plan.calls.length)) {
      const where = `dying ${crash.when} at call ${crash.call}`;
      for (const goesOn of [true, false]) {
        const torn = { ...context(), journal: new TestJournal(crash) };
        await assert.rejects(handler.apply(action, torn, plan.before), Crashed, where);
        const went: Applied | undefined = goesOn ? await handler.apply(action, torn, plan.before) : undefined;
        if (went) assert.equal(went.differs, null, where);
        const images = { before: plan.before, after: went?.after, calls: torn.journal.records };
        const back = await handler.rollback(action, context(), images);
        assert.deepEqual(back, restored, `${where}, then back`);
      }
    }
    const ways = "calls" in plan.wayBack ? plan.wayBack.calls.length : 0;
    for (const crash of crashesOf(ways)) {
      const where = `dying ${crash.when} at call ${crash.call} of the way back`;
      const whole = { ...context(), journal: new TestJournal() };
      const { after }: Applied = await handler.apply(action, whole, plan.before);
      const calls: CallRecord[] = whole.journal.records;
      const images: { before: Json; after: Json; calls: CallRecord[] } = {
        before: plan.before,
        after,
        calls,
      };
      const torn = { ...context(), journal: new TestJournal(crash) };
      await assert.rejects(handler.rollback(action, torn, images), Crashed, where);
      assert.deepEqual(await handler.rollback(action, torn, images), restored, where);
    }
    return { plan, after: applied.after };
  } finally {
    close();
  }
}

/** A handler with contexts for it, each with a token and a journal of its own. */
export function open({ account, target }: Pick<Rehearsal, "account" | "target">) {
  // Whatever hands out a secret is planned only where there is a key to seal it with.
  provideKeyring(keyringOf([{ id: "rehearsal", base64: randomBytes(32).toString("base64") }]));
  const session = openSession(account);
  const signal = new AbortController().signal;
  const planned: PlannedTarget = {
    ...target,
    resourceId: "res_1",
    accountId: "acc_1",
    findings: [],
    actions: [],
  };
  const context = (): StepContext & { journal: TestJournal } => ({
    organisationId: "org_1",
    planId: "pln_1",
    target,
    signal,
    access: () => session.access(signal),
    planned,
    token: randomUUID(),
    journal: new TestJournal(),
  });
  return { handler: cloudActions(target.cloud), context, session, close: () => session.close() };
}

/** What checks say of the target on a fresh read, by check. */
export async function readVerdicts(
  account: ReachableAccount,
  target: Target,
  checks: readonly string[],
): Promise<Record<string, string>> {
  if (checks.length === 0) return {};
  const collector = collectorsFor(account).find(({ kind }) => kind === target.kind);
  const regions = collector?.scope === "regional" && target.cloud === "aws" ? [target.region] : [];
  const { results } = await scanAccount({
    account,
    scope: { regions, services: [], checks: [...checks] },
    asOf: new Date(),
    signal: new AbortController().signal,
  });
  return Object.fromEntries(
    results.filter(({ resourceUid }) => resourceUid === target.uid).map((one) => [one.checkId, one.status]),
  );
}

const crashesOf = (calls: number): Crash[] =>
  Array.from({ length: calls }, (_, index) =>
    (["begun", "sent", "ended"] as const).map((when) => ({ call: index + 1, when })),
  ).flat();
