import { expect, test } from "vitest";
import { planOf } from "#components/remediation/test-plan.ts";
import type { PlanEvent, StepView, TargetView } from "#db/remediation/model.ts";
import type { PlannedTarget } from "#lib/remediation/model.ts";
import { planTimeline, sayTook, timelineOf, whatRestores } from "./timeline.ts";

const at = "2026-03-01T12:00:00.000Z";
const event = (id: number, kind: string, given: Partial<PlanEvent> = {}): PlanEvent => ({
  ...{ id, targetId: "tgt_1", stepId: "stp_1", kind, detail: {}, ms: null, at },
  ...given,
});
const step = (given: Partial<StepView> = {}): StepView => ({
  ...{
    id: "stp_1",
    ordinal: 0,
    action: "block",
    state: "applied",
    before: { on: false },
    after: { on: true },
  },
  ...{ calls: [], rollbackCalls: [], attempts: 1, error: null, startedAt: at, finishedAt: at },
  ...given,
});
const target = (given: Partial<TargetView> = {}): TargetView => ({
  ...{ id: "tgt_1", ordinal: 0, accountId: "acc_1", accountName: "production", resourceId: "res_1" },
  ...{ uid: "arn:aws:s3:::one", kind: "aws.s3.bucket", region: "global", name: "one", state: "succeeded" },
  ...{
    verdicts: null,
    scanId: null,
    error: null,
    startedAt: at,
    finishedAt: at,
    findings: [],
    steps: [step()],
  },
  ...given,
});
const words = (moments: ReturnType<typeof timelineOf>) =>
  moments.map((moment) => [moment.words, moment.detail, moment.tone]);

test("tells what happened to one resource alone, in order", () => {
  const events = [
    event(1, "begun", { targetId: null, stepId: null }),
    event(2, "target_begun", { stepId: null }),
    event(3, "before_image", { ms: 84 }),
    event(4, "call", { detail: { call: "put", api: "aws.s3.PutPublicAccessBlock" }, ms: 212 }),
    event(5, "call", { targetId: "tgt_2" }),
    event(6, "after_image", { ms: 305 }),
    event(7, "verified", { detail: { state: "succeeded" } }),
  ];
  expect(words(timelineOf(target(), events, planOf()))).toEqual([
    ["Read the present state, and kept it", null, "plain"],
    ["Called", "aws.s3.PutPublicAccessBlock", "plain"],
    ["Read afresh, and kept it", null, "plain"],
    ["The checks pass on a fresh read", null, "good"],
  ]);
  expect(words(planTimeline(events))).toEqual([["Began", null, "plain"]]);
});

test("calls after a failure, or after the rollback began, restore", () => {
  const call = (id: number) => event(id, "call", { detail: { api: "aws.s3.PutPublicAccessBlock" } });
  const failed = event(2, "failed", { detail: { reason: "denied", message: "Access denied." } });
  expect(words(timelineOf(target(), [call(1), failed, call(3)], planOf()))).toEqual([
    ["Called", "aws.s3.PutPublicAccessBlock", "plain"],
    ["Stopped", "Access denied.", "bad"],
    ["Called, to restore", "aws.s3.PutPublicAccessBlock", "plain"],
  ]);
  const back = event(2, "rollback_begun", { targetId: null });
  expect(timelineOf(target(), [call(1), back, call(3)], planOf()).map((moment) => moment.words)).toEqual([
    "Called",
    "Called, to restore",
  ]);
});

test("ends with what is happening now", () => {
  const calls = [{ id: "put", api: "aws.s3.PutPublicAccessBlock", startedAt: at }];
  const running = target({ state: "running", steps: [step({ state: "running", calls })] });
  expect(words(timelineOf(running, [], planOf()))).toEqual([
    ["Calling", "aws.s3.PutPublicAccessBlock", "moving"],
  ]);
  const verifying = target({ state: "verifying" });
  expect(words(timelineOf(verifying, [], planOf()))).toEqual([
    ["The checks run again on a fresh read", null, "moving"],
  ]);
});

test("a kind of event that came later is told in its own words", () => {
  expect(words(timelineOf(target(), [event(1, "window_opened")], planOf()))).toEqual([
    ["Window opened", null, "plain"],
  ]);
});

test("rolling back restores what was changed, and names what it can't", () => {
  const irreversible = {
    uid: "arn:aws:s3:::one",
    actions: [
      {
        action: "block",
        plan: { outcome: "change", wayBack: { irreversible: "The old key is gone for good." } },
      },
    ],
  } as unknown as PlannedTarget;
  const untouched = target({ id: "tgt_2", uid: "arn:aws:s3:::two", steps: [step({ state: "skipped" })] });
  const refused = target({
    id: "tgt_3",
    uid: "arn:aws:s3:::three",
    steps: [step({ state: "failed", calls: [] })],
  });
  const document = {
    ...{ format: 1 as const, playbook: { id: "P", hash: "", title: "" }, parameters: {} },
    targets: [irreversible],
  };
  const { resources, cannot } = whatRestores(planOf({ document, targets: [target(), untouched, refused] }));
  expect({ resources: resources.map(({ id }) => id), cannot }).toEqual({
    resources: ["tgt_1"],
    cannot: ["The old key is gone for good."],
  });
});

test("says how long something took in the unit that fits", () => {
  expect([3.4, 999, 1_420, 120_000].map(sayTook)).toEqual(["3 ms", "999 ms", "1.4 s", "2 min"]);
});
