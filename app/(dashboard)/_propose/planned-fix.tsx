"use client";
import { useId } from "react";
import { countOf } from "#components/remediation/plan-words.ts";
import { PlannedTargets } from "#components/remediation/planned-targets.tsx";
import { Button } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/error-state.tsx";
import { Checkbox } from "#components/ui/field.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import { visibleText } from "#components/ui/visible-text.ts";
import type { PlanDetail } from "#db/remediation/model.ts";
import type { PlanDocument } from "#lib/remediation/model.ts";

/** While a worker reads and works out what would be changed. */
export function BeingPlanned({ resources }: { resources: number }) {
  return (
    <div aria-busy className="grid gap-4">
      <p role="status" className="flex items-center gap-2.5 text-14">
        <span aria-hidden className="size-2.5 shrink-0 breathing rounded-xs bg-accent" />
        Reading {resources === 1 ? "the resource" : `${resources} resources`} afresh and working out what to
        change.
      </p>
      <p className="text-13 text-pretty text-ink-soft">
        Nothing is changed by that. You can close this: the plan is kept, and your finding leads to it.
      </p>
      <div className="grid gap-px overflow-hidden rounded border border-line">
        {Array.from({ length: Math.min(3, resources) }, (_, at) => at).map((at) => (
          <div key={at} className="grid gap-2 px-4 py-3">
            <Skeleton className="h-4 w-2/5" />
            <Skeleton className="h-3 w-3/5" />
          </div>
        ))}
      </div>
    </div>
  );
}

const outcomeOf = ({ actions }: PlanDocument["targets"][number]): "refused" | "nothing" | "change" =>
  actions.some(({ plan }) => plan.outcome === "refused")
    ? "refused"
    : actions.some(({ plan }) => plan.outcome === "change")
      ? "change"
      : "nothing";

/** How many of a plan's resources come to what, with the findings of those that can't be changed. */
export function outcomesOf(document: PlanDocument) {
  const by = Map.groupBy(document.targets, outcomeOf);
  return {
    change: by.get("change")?.length ?? 0,
    nothing: by.get("nothing")?.length ?? 0,
    refused: by.get("refused")?.length ?? 0,
    /** Why those can't be changed, each once. */
    reasons: [
      ...new Set(
        (by.get("refused") ?? []).flatMap(({ actions }) =>
          actions.flatMap(({ plan }) => (plan.outcome === "refused" ? [plan.reason] : [])),
        ),
      ),
    ],
    refusedFindings: new Set(
      (by.get("refused") ?? []).flatMap(({ findings }) => findings.map(({ id }) => id)),
    ),
  };
}

/** What would be changed, resource by resource, before it is sent to whoever decides. */
export function PlannedFix({
  plan,
  document,
  runs,
  pending,
  onRuns,
  onWithoutRefused,
}: {
  plan: PlanDetail;
  document: PlanDocument;
  /** Whether it begins by itself once approved. */
  runs: boolean;
  pending: boolean;
  onRuns: (runs: boolean) => void;
  /** Plans again without the resources that can't be changed; null where nothing would be left. */
  onWithoutRefused: (() => void) | null;
}) {
  const id = useId();
  const { change, nothing, refused, reasons } = outcomesOf(document);
  const names = new Map(plan.blastRadius.accounts.map((account) => [account.id, account.name]));
  return (
    <div className="grid gap-4">
      <p className="text-14 text-pretty">
        {change > 0 ? `${countOf(change, "resource")} would be changed` : "Nothing would be changed"}
        {plan.accountNames.length > 0 ? (
          <>
            {" in "}
            <Untrusted text={plan.accountNames.slice(0, 3).join(", ")} limit={120} />
            {plan.accountNames.length > 3 ? ` and ${plan.accountNames.length - 3} more accounts` : ""}
          </>
        ) : null}
        .{nothing > 0 ? ` ${countOf(nothing, "resource is", "resources are")} as wanted already.` : ""}
      </p>
      {refused > 0 ? (
        <Notice tone="danger">
          <p>{countOf(refused, "resource")} can't be changed safely, so the plan can't be sent as it is.</p>
          <ul className="mt-1 grid gap-1">
            {reasons.slice(0, 3).map((reason) => (
              <li key={reason} className="whitespace-pre-line text-pretty">
                {visibleText(reason.slice(0, 500))}
              </li>
            ))}
            {reasons.length > 3 ? <li>Unfold the others to see why.</li> : null}
          </ul>
          {onWithoutRefused ? (
            <Button size="sm" className="mt-2" aria-disabled={pending} onClick={onWithoutRefused}>
              Plan again without {refused === 1 ? "it" : "them"}
            </Button>
          ) : null}
        </Notice>
      ) : null}
      <div className="overflow-hidden rounded border border-line">
        <PlannedTargets targets={document.targets} accountName={(accountId) => names.get(accountId)} />
      </div>
      {change > 0 && refused === 0 ? (
        <div>
          <Checkbox
            checked={runs}
            aria-describedby={`${id}runs`}
            onChange={({ target }) => onRuns(target.checked)}
          >
            Begin by itself once approved
          </Checkbox>
          <p id={`${id}runs`} className="pl-6.5 text-13 text-pretty text-ink-faint">
            When the accounts' change windows are open. Otherwise somebody who may run fixes starts it.
          </p>
        </div>
      ) : null}
    </div>
  );
}
