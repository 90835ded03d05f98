import { countOf, listNames } from "#components/remediation/plan-words.ts";
import type { PlanSummary } from "#db/remediation/model.ts";

type Decided = Pick<
  PlanSummary,
  "resources" | "accountNames" | "reversible" | "approvalsNeeded" | "decisions" | "requestedBy"
>;

/** What a decision on these would mean. */
export function sayMeaning(
  plans: readonly Decided[],
  isApproval: boolean,
  expires: string | undefined,
): string {
  const resources = plans.reduce((sum, plan) => sum + plan.resources, 0);
  const askers = [...new Set(plans.map(({ requestedBy }) => requestedBy.name))];
  if (!isApproval)
    return `Nothing is changed, and ${listNames(askers)} ${askers.length === 1 ? "is" : "are"} told why.`;
  const accounts = [...new Set(plans.flatMap(({ accountNames }) => accountNames))];
  const what = `${countOf(resources, "resource")} in ${listNames(accounts)} may then be changed, exactly as shown and in no other way.`;
  const last = plans.every(({ approvalsNeeded, decisions }) => decisions.length + 1 >= approvalsNeeded);
  const next = last ? "" : " Somebody else has to approve it as well.";
  const undo = plans.every(({ reversible }) => reversible)
    ? " It can be taken back afterwards."
    : " Part of it can't be undone.";
  return `${what}${undo}${next}${expires ? ` Your approval holds until ${expires}.` : ""}`;
}
