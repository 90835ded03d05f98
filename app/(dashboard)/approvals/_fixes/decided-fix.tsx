"use client";
import type { Route } from "next";
import { useLocally } from "#components/remediation/local-time.tsx";
import { PlanStateMark } from "#components/remediation/plan-state.tsx";
import { countOf } from "#components/remediation/plan-words.ts";
import { sayPlan } from "#components/remediation/say-plan.ts";
import { LinkButton } from "#components/ui/button.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import type { PlanSummary } from "#db/remediation/model.ts";
import type { PlanHint } from "#db/remediation/plan-hints.ts";
import type { Decision } from "../../remediation/_decide/decide-plans-dialog.tsx";
import { useLivePlan } from "./use-plan.ts";

/** In the place of a card that was decided on: what happens now, as it goes on. */
export function DecidedFix({
  plan: decided,
  decision,
}: {
  plan: PlanSummary & PlanHint;
  /** What the reader decided just now; null for what others did, or earlier. */
  decision: Decision | null;
}) {
  const { data } = useLivePlan(decided.id);
  const opens = useLocally(data?.waitsFor?.until);
  const plan = data ?? decided;
  // Until it has been read again it still stands as it was before the decision.
  const isFresh =
    decision === null || (data !== undefined && data.decisions.length > decided.decisions.length);
  return (
    <article
      aria-label={plan.title}
      className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 rounded border border-line bg-surface px-4 py-3.5 sm:px-5"
    >
      <div className="min-w-0 flex-1 basis-64">
        <h3 className="text-14">
          <Untrusted text={plan.title} limit={200} />
          <span className="font-[400] text-ink-faint">
            {": "}
            <Untrusted text={decided.resource} limit={80} />
            {plan.resources > 1 ? ` and ${countOf(plan.resources - 1, "other")}` : ""}
          </span>
        </h3>
        <div role="status" className="mt-1 grid gap-1 text-13 text-pretty text-ink-soft">
          {isFresh ? (
            <>
              <PlanStateMark plan={plan} />
              <span>{sayPlan(plan, opens)}</span>
            </>
          ) : (
            <span>
              {decision === "approve"
                ? "You approved it."
                : "You rejected it: nothing is changed, and whoever asked is told."}
            </span>
          )}
        </div>
      </div>
      <LinkButton size="sm" className="max-sm:h-11 max-sm:w-full" href={`/remediation/${plan.id}` as Route}>
        {decision === "reject" ? "Look at it" : "Watch it"}
      </LinkButton>
    </article>
  );
}
