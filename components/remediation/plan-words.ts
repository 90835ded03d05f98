import type { PlanSummary } from "#db/remediation/model.ts";
import type { PlanState, Risk, TargetState } from "#lib/remediation/model.ts";

export const planStateWords: Readonly<Record<PlanState, string>> = {
  draft: "Draft",
  awaiting_approval: "Waiting for approval",
  approved: "Approved",
  running: "Running",
  verifying: "Verifying",
  succeeded: "Fixed and verified",
  changed_unverified: "Changed, not verified",
  failed: "Failed",
  rejected: "Rejected",
  expired: "Expired",
  cancelled: "Cancelled",
  rolling_back: "Rolling back",
  rolled_back: "Rolled back",
  rollback_failed: "Rollback failed",
};

export const targetStateWords: Readonly<Record<TargetState, string>> = {
  waiting: "Not begun",
  running: "Running",
  verifying: "Verifying",
  succeeded: "Fixed and verified",
  changed_unverified: "Changed, not verified",
  failed: "Failed",
  skipped: "Left alone",
  rolling_back: "Rolling back",
  rolled_back: "Rolled back",
  rollback_failed: "Rollback failed",
};

export const riskWords: Readonly<Record<Risk, string>> = {
  low: "Low risk",
  medium: "Medium risk",
  high: "High risk",
};

/** Whether something still happens to it by itself. */
export const isMoving = ({
  state,
  plannedAt,
  error,
}: Pick<PlanSummary, "state" | "plannedAt" | "error">): boolean =>
  state === "running" ||
  state === "verifying" ||
  state === "rolling_back" ||
  (state === "draft" && plannedAt === null && error === null);

/** `1 resource`, `3 resources`. */
export const countOf = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString("en")} ${count === 1 ? one : many}`;

/** `one`, `one and two`, `one, two and 3 more`. */
export function listNames(names: readonly string[], most = 2): string {
  const [shown, rest] = [names.slice(0, most), names.length - most];
  if (rest > 0) return `${shown.join(", ")} and ${rest.toLocaleString("en")} more`;
  return shown.length < 2 ? shown.join("") : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}

/** `21 h`, `40 min`: what is left until a moment, in the unit that one would say. */
export function sayLeft(until: string, now: string): string {
  const minutes = Math.floor((Date.parse(until) - Date.parse(now)) / 60_000);
  if (minutes < 1) return "less than a minute";
  if (minutes < 90) return `${minutes} min`;
  if (minutes < 48 * 60) return `${Math.round(minutes / 60)} h`;
  return `${Math.round(minutes / 1_440)} days`;
}
