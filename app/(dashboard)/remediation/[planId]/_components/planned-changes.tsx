"use client";
import { Fold } from "#components/remediation/fold.tsx";
import { PlannedTargets } from "#components/remediation/planned-targets.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { PlanDetail } from "#db/remediation/model.ts";

/** What the plan changes, as it was or is to be approved. */
export function PlannedChanges({ plan, isFolded }: { plan: PlanDetail; isFolded: boolean }) {
  const { document, plannedAt, error, blastRadius } = plan;
  const names = new Map(blastRadius.accounts.map(({ id, name }) => [id, name]));
  if (!document) {
    if (plannedAt || error) return null;
    return (
      <section aria-label="What it changes" aria-busy className="pt-7">
        <h2 className="text-16">What it changes</h2>
        <div className="mt-2.5 grid gap-3 rounded border border-line bg-surface p-4">
          <Skeleton className="h-4 w-3/5" />
          <Skeleton className="h-24 w-full" />
        </div>
      </section>
    );
  }
  const targets = (
    <div className="overflow-hidden rounded border border-line bg-surface">
      <PlannedTargets targets={document.targets} accountName={(id) => names.get(id)} />
    </div>
  );
  return (
    <section aria-labelledby="planned" className="pt-7">
      {isFolded ? (
        <Fold
          look="line"
          summary={
            <h2 id="planned" className="text-16 text-ink">
              The plan, as it was approved
            </h2>
          }
        >
          <div className="pt-2">{targets}</div>
        </Fold>
      ) : (
        <>
          <h2 id="planned" className="mb-2.5 text-16">
            What it changes
          </h2>
          {targets}
        </>
      )}
    </section>
  );
}
