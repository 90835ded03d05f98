import type { PlanDetail, PlanEvent, StepView, TargetView } from "#db/remediation/model.ts";
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
  begun: { words: "Began" },
  before_image: { words: "Read the present state, and kept it" },
  call: { words: "Called" },
  call_refused: { words: "The provider refused", tone: "bad" },
  secret_kept: { words: "Sealed what the provider handed out" },
  after_image: { words: "Read afresh, and kept it" },
  differs: { words: "It isn't what was planned", tone: "bad" },
  skipped: { words: "Nothing had to be done" },
  failed: { words: "Stopped", tone: "bad" },
  stopped: { words: "The rest was left alone", tone: "bad" },
  verifying: { words: "The checks run again on a fresh read" },
  rollback_begun: { words: "Began to roll back" },
  restored: { words: "As it was before, read afresh", tone: "good" },
  not_restored: { words: "Could not be restored", tone: "bad" },
  ended: { words: "Ended" },
  expired: { words: "Expired" },
  secret_destroyed: { words: "Destroyed what nobody collected" },
};

/** What the checks said, by what that made of the resource. */
const judged: Readonly<Record<string, Words>> = {
  succeeded: { words: "The checks pass on a fresh read", tone: "good" },
  changed_unverified: { words: "The checks could not confirm it", tone: "bad" },
  rolled_back: { words: "The checks ran again, on what was restored" },
  rollback_failed: { words: "The checks ran again" },
};

/** What happened to one resource, in order, ending with what is happening now. */
export function timelineOf(target: TargetView, events: readonly PlanEvent[], plan: PlanDetail): Moment[] {
  const back = events.find(({ kind }) => kind === "rollback_begun")?.id ?? Number.POSITIVE_INFINITY;
  // That its turn came is the beginning of what follows, and no news.
  const own = events.filter(({ targetId, kind }) => targetId === target.id && kind !== "target_begun");
  // What is called after a failure takes back what was done before it.
  const failed = own.find(({ kind }) => kind === "failed")?.id ?? Number.POSITIVE_INFINITY;
  const moments = own.map((event) => {
    const moment = momentOf(event);
    const restores = event.kind === "call" && event.id > Math.min(back, failed);
    return restores ? { ...moment, words: "Called, to restore" } : moment;
  });
  const going = goingOn(target, plan);
  return going ? [...moments, going] : moments;
}

/** What happened to the plan as a whole. */
export const planTimeline = (events: readonly PlanEvent[]): Moment[] =>
  events.filter(({ targetId }) => targetId === null).map(momentOf);

function momentOf({ id, kind, detail, ms, at }: PlanEvent): Moment {
  const told = kind === "verified" ? judged[String(detail.state)] : known[kind];
  const { words, tone = "plain" } = told ?? { words: sayKind(kind) };
  return { id: String(id), words, tone, detail: sayDetail(detail), at, ms };
}

/** `write_identity_opened` is "Write identity opened". */
const sayKind = (kind: string): string =>
  `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`.replaceAll("_", " ");

/** What of an event's detail tells the reader something, the fullest first. */
function sayDetail({ api, error, message, reason, name }: Record<string, Json>): string | null {
  const why = [error, message, reason, name].find((each) => typeof each === "string" && each !== "");
  const parts = [api, why].filter((each) => typeof each === "string");
  return parts.length > 0 ? parts.join(": ") : null;
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
  const resources = plan.targets.filter(({ steps }) =>
    steps.some((step) => step.before !== null && mayHaveChanged(step)),
  );
  const cannot = (plan.document?.targets ?? []).flatMap(({ uid, actions }) => {
    const target = plan.targets.find((each) => each.uid === uid);
    return actions.flatMap(({ action, plan: planned }) => {
      const step = target?.steps.find((each) => each.action === action);
      if (planned.outcome !== "change" || !("irreversible" in planned.wayBack)) return [];
      return step && mayHaveChanged(step) ? [planned.wayBack.irreversible] : [];
    });
  });
  return { resources, cannot: [...new Set(cannot)] };
}

const mayHaveChanged = ({ state, calls }: StepView): boolean =>
  state === "applied" || state === "rollback_failed" || (state === "failed" && calls.length > 0);
