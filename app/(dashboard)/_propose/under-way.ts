import type { PlanState } from "#lib/remediation/model.ts";

const underWay: ReadonlySet<PlanState> = new Set([
  "awaiting_approval",
  "approved",
  "running",
  "verifying",
  "rolling_back",
]);

/** As long as a plan stands so, another for the same finding would get in its way. */
export const isUnderWay = (state: PlanState): boolean => underWay.has(state);

/** Whether a fix can be proposed for a finding whose newest plan stands so. */
export const canBeProposed = (state: PlanState | undefined): boolean =>
  state === undefined || (state !== "draft" && !underWay.has(state));
