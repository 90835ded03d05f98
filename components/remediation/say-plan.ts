import type { PlanDetail, PlanSummary } from "#db/remediation/model.ts";
import type { TargetState } from "#lib/remediation/model.ts";
import { countOf } from "./plan-words.ts";

type Said = PlanSummary & Partial<Pick<PlanDetail, "waitsFor" | "runWhenApproved" | "document">>;

/**
 * Where a plan stands, and what comes next, in a sentence or two of plain words. `opens` is the moment that it waits for,
 * as the reader's own clock would say it.
 */
export function sayPlan(plan: Said, opens?: string): string {
  const { state, resources, decisions, error } = plan;
  const all = countOf(resources, "resource");
  switch (state) {
    case "draft":
      return sayDraft(plan);
    case "awaiting_approval":
      return `${sayApprovals(plan)} Until then nothing is changed.`;
    case "approved":
      return sayWaiting(plan, opens);
    case "running":
      return `${countIn(plan, ["verifying", "succeeded", "changed_unverified"])} of ${all} changed so far.${sayFailed(plan)}`;
    case "verifying":
      return `The changes are made. The checks run again on a fresh read of ${all}.${sayFailed(plan)}`;
    case "succeeded":
      return `${resources === 1 ? "The resource is" : `All ${all} are`} changed, and the checks pass on a fresh read.`;
    case "changed_unverified":
      return `The changes are made, but ${sayUnverified(plan)} What was changed can be rolled back.`;
    case "failed":
      return error ?? "It could not be carried out.";
    case "rejected": {
      const rejection = decisions.find(({ decision }) => decision === "reject");
      return rejection ? `${rejection.by.name} rejected it. Nothing was changed.` : "Nothing was changed.";
    }
    case "expired":
      return "Its time was over before it began. Nothing was changed; propose it again for a fresh plan.";
    case "cancelled":
      return "It was cancelled before it began. Nothing was changed.";
    case "rolling_back":
      return `What was changed is being restored: ${countIn(plan, ["rolled_back"])} of ${all} so far.`;
    case "rolled_back":
      return "Everything that it had changed is as it was before, read afresh.";
    case "rollback_failed":
      return `${error ?? "Not everything could be restored."} What was restored stays so; it can be tried again.`;
  }
}

function sayDraft({ plannedAt, error, resources, document }: Said): string {
  if (error) return `It could not be planned: ${error}`;
  if (!plannedAt) return "Being planned: the resources are read afresh. Nothing is changed by that.";
  const outcomes = document?.targets.map(({ actions }) => actions.map(({ plan }) => plan.outcome));
  const refused = outcomes?.filter((each) => each.includes("refused")).length ?? 0;
  if (refused > 0)
    return `It can't be sent: ${countOf(refused, "resource")} can't be changed safely. Propose it again without ${refused === 1 ? "it" : "them"}.`;
  if (outcomes && !outcomes.flat().includes("change"))
    return "There is nothing that it would change: everything is already as it should be.";
  return `Planned for ${countOf(resources, "resource")}, and nothing is changed yet. Send it for approval when it is what you want.`;
}

/** `Needs 2 approvals, has 1.` */
export function sayApprovals({
  approvalsNeeded,
  decisions,
}: Pick<Said, "approvalsNeeded" | "decisions">): string {
  const has = decisions.filter(({ decision }) => decision === "approve").length;
  const left = Math.max(0, approvalsNeeded - has);
  if (has === 0)
    return `It needs ${left === 1 ? "somebody else's approval" : `the approval of ${left} others`}.`;
  return `Approved by ${has}; it needs ${left} more.`;
}

/** What happens to an approved plan next. */
export function sayWaiting({ waitsFor, runWhenApproved = true, can }: Said, opens?: string): string {
  if (waitsFor?.what === "freeze")
    return "Approved, but changes are frozen: it begins once somebody lifts the freeze.";
  if (waitsFor?.what === "window") {
    const when = opens ? ` on ${opens}` : "";
    return runWhenApproved
      ? `Approved. It begins by itself when its change window opens${when}.`
      : `Approved. It can be started when its change window opens${when}.`;
  }
  if (waitsFor?.what === "start" || !runWhenApproved)
    return can.run
      ? "Approved. Start it when you are ready."
      : "Approved. Whoever may run changes starts it.";
  return "Approved. It begins by itself in a moment.";
}

const countIn = ({ progress }: Said, states: readonly TargetState[]): number =>
  states.reduce((sum, state) => sum + (progress[state] ?? 0), 0);

const sayFailed = (plan: Said): string => {
  const failed = countIn(plan, ["failed"]);
  return failed === 0 ? "" : ` ${countOf(failed, "resource")} failed.`;
};

function sayUnverified(plan: Said): string {
  const [good, all] = [countIn(plan, ["succeeded"]), plan.resources];
  const left = countIn(plan, ["changed_unverified"]);
  if (good === 0) return "no check could confirm them on a fresh read.";
  return `only ${good} of ${all} could be confirmed on a fresh read; ${countOf(left, "resource")} could not.`;
}
