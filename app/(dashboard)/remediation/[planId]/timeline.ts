import type { PlanDetail, PlanEvent, TargetView } from "#db/remediation/model.ts";
import type { CallRecord, Json } from "#lib/remediation/model.ts";

/** One thing that happened to a resource, or that is happening. */
export type Moment = {
  id: string;
  words: string;
  /** A call's name, or what went wrong; from outside, so shown as such. */
  detail: string | null;
  tone: "plain" | "good" | "bad" | "moving";
  /** Null for what has not ended. */
  at: string | null;
  ms: number | null;
};

type Words = { words: string; tone?: Moment["tone"] };

const known: Readonly<Record<string, Words>> = {
  planned: { words: "Planned" },
  planning_failed: { words: "Could not be planned", tone: "bad" },
  started: { words: "Began" },
  resumed: { words: "Went on after an interruption" },
  read: { words: "Read the present state" },
  before_image: { words: "Kept what was there" },
  call: { words: "Called" },
  call_failed: { words: "The provider refused", tone: "bad" },
  after_image: { words: "Read afresh, and kept" },
  applied: { words: "Done" },
  skipped: { words: "Left alone" },
  drift: { words: "Changed by somebody else since it was planned", tone: "bad" },
  retry: { words: "Tried again" },
  verifying: { words: "The checks run again on a fresh read" },
  scan: { words: "The checks run again on a fresh read" },
  verified: { words: "The checks pass", tone: "good" },
  unverified: { words: "Could not be confirmed", tone: "bad" },
  failed: { words: "Failed", tone: "bad" },
  stopped: { words: "Stopped", tone: "bad" },
  compensating: { words: "Taking back what was done before" },
  compensated: { words: "Taken back" },
  rolling_back: { words: "Began to restore" },
  rollback_read: { words: "Read the present state" },
  rollback_call: { words: "Called, to restore" },
  rolled_back: { words: "As it was before, read afresh", tone: "good" },
  rollback_failed: { words: "Could not be restored", tone: "bad" },
};

/** What happened to one resource, in order, ending with what is happening now. */
export function timelineOf(target: TargetView, events: readonly PlanEvent[], plan: PlanDetail): Moment[] {
  const own = events.filter(({ targetId }) => targetId === target.id);
  const moments = own.map(momentOf);
  const going = goingOn(target, plan);
  return going ? [...moments, going] : moments;
}

/** What happened to the plan as a whole. */
export const planTimeline = (events: readonly PlanEvent[]): Moment[] =>
  events.filter(({ targetId }) => targetId === null).map(momentOf);

function momentOf({ id, kind, detail, ms, at }: PlanEvent): Moment {
  const { words, tone = "plain" } = known[kind] ?? { words: sayKind(kind) };
  return { id: String(id), words, tone, detail: sayDetail(detail), at, ms };
}

/** `write_identity_opened` is "Write identity opened". */
const sayKind = (kind: string): string =>
  `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`.replaceAll("_", " ");

const telling = ["api", "reason", "error", "message", "title", "action"] as const;

/** What of an event's detail tells the reader something. */
function sayDetail(detail: Record<string, Json>): string | null {
  const parts = telling.flatMap((field) => {
    const value = detail[field];
    return typeof value === "string" && value !== "" ? [value] : [];
  });
  return parts.length > 0 ? [...new Set(parts)].join(": ") : null;
}

function goingOn(target: TargetView, plan: PlanDetail): Moment | null {
  const base = { id: "now", tone: "moving", at: null, ms: null } as const;
  if (target.state === "verifying")
    return { ...base, words: "The checks run again on a fresh read", detail: null };
  const step = target.steps.find(({ state }) => state === "running" || state === "rolling_back");
  if (!step) return null;
  const call = openCall(step.state === "running" ? step.calls : step.rollbackCalls);
  if (call) return { ...base, words: "Calling", detail: call.api };
  const action = plan.document?.targets
    .find(({ uid }) => uid === target.uid)
    ?.actions.find((each) => each.action === step.action);
  return {
    ...base,
    words: step.state === "running" ? "At it" : "Restoring",
    detail: action?.title ?? step.action,
  };
}

const openCall = (calls: readonly CallRecord[]): CallRecord | undefined =>
  calls.find(({ endedAt }) => endedAt === undefined);

/** `85 ms`, `1.2 s`: how long something took. */
export const sayTook = (ms: number): string =>
  ms < 1_000
    ? `${Math.round(ms)} ms`
    : ms < 60_000
      ? `${(ms / 1_000).toFixed(1)} s`
      : `${Math.round(ms / 60_000)} min`;

/** What rolling back would restore, and what it can't. */
export function whatRestores(plan: PlanDetail): { resources: TargetView[]; cannot: string[] } {
  const changed = ["applied", "failed", "rollback_failed"];
  const resources = plan.targets.filter(({ steps }) =>
    steps.some(({ state, before }) => changed.includes(state) && before !== null),
  );
  const cannot = (plan.document?.targets ?? []).flatMap(({ uid, actions }) => {
    const target = plan.targets.find((each) => each.uid === uid);
    return actions.flatMap(({ action, plan: planned }) => {
      const state = target?.steps.find((step) => step.action === action)?.state;
      if (planned.outcome !== "change" || !("irreversible" in planned.wayBack)) return [];
      return state && changed.includes(state) ? [planned.wayBack.irreversible] : [];
    });
  });
  return { resources, cannot: [...new Set(cannot)] };
}
