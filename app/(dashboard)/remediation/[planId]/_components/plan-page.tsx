"use client";
import { useLocally } from "#components/remediation/local-time.tsx";
import { isMoving } from "#components/remediation/plan-words.ts";
import { Toaster } from "#components/ui/toaster.tsx";
import { useNow } from "../../../../_shell/use-now.ts";
import { ObjectHistory } from "../../../_history/object-history.tsx";
import { usePlanReport } from "../../_components/use-plan-report.ts";
import type { PlanReport } from "../../plan-report.ts";
import { Execution } from "./execution.tsx";
import { PlanFacts } from "./plan-facts.tsx";
import { PlanHead } from "./plan-head.tsx";
import { PlannedChanges } from "./planned-changes.tsx";
import { Secrets } from "./secrets.tsx";

/** One plan, live: where it stands and what can be done, what it changes, what happened, and what that came to. */
export function PlanPage({
  initial,
  checkTitles,
  own,
  readsTrail,
}: {
  initial: PlanReport;
  /** By check id. */
  checkTitles: Readonly<Record<string, string>>;
  /** Whether the reader asked for it. */
  own: boolean;
  /** Whether the reader may read the audit trail. */
  readsTrail: boolean;
}) {
  const { report, problem, refresh } = usePlanReport(initial);
  const { plan, events } = report;
  const now = useNow(report.now, isMoving(plan) ? 1_000 : 30_000);
  const opens = useLocally(plan.waitsFor?.until);
  return (
    <div className="@container/page pb-16">
      <PlanHead plan={plan} own={own} opens={opens} now={now} problem={problem} onDone={refresh} />
      <Secrets plan={plan} own={own} now={now} onDone={refresh} />
      <div className="grid gap-x-10 px-4 sm:px-6 @4xl/page:grid-cols-[minmax(0,1fr)_minmax(0,20rem)]">
        <div className="min-w-0">
          {plan.startedAt ? (
            <Execution plan={plan} events={events} checkTitles={checkTitles} now={now} />
          ) : null}
          <PlannedChanges plan={plan} isFolded={plan.startedAt !== null} />
          {readsTrail ? (
            <section aria-labelledby="trail" className="pt-9">
              <h2 id="trail" className="pb-3 text-16">
                In the audit trail
              </h2>
              <ObjectHistory kind="remediation_plan" id={plan.id} now={now} />
            </section>
          ) : null}
        </div>
        <aside aria-label="About the plan" className="min-w-0 pt-7">
          <PlanFacts plan={plan} events={events} now={now} />
        </aside>
      </div>
      <Toaster />
    </div>
  );
}
