import type { Route } from "next";
import { LinkButton } from "#components/ui/button.tsx";
import { PlanRows } from "../../remediation/_components/plan-rows.tsx";
import type { Fixes } from "../read-fixes.ts";

/** Fixes that wait for nobody's decision any more, or were asked for by the reader: each leads to its page. */
export function FixesElsewhere({ fixes, show, now }: { fixes: Fixes; show: "own" | "decided"; now: string }) {
  return (
    <section aria-label="Fixes" className="mt-4">
      <div className="overflow-hidden rounded border-x border-line bg-surface">
        <PlanRows plans={fixes.plans} now={now} label="Fixes" />
      </div>
      {fixes.more ? (
        <div className="mt-3">
          <LinkButton size="sm" href={`/remediation?show=${show === "own" ? "own" : "ended"}` as Route}>
            All of them
          </LinkButton>
        </div>
      ) : null}
    </section>
  );
}
