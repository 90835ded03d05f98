"use client";
import type { Route } from "next";
import Link from "next/link";
import { Fold } from "#components/remediation/fold.tsx";
import { TargetStateMark } from "#components/remediation/plan-state.tsx";
import { TargetName } from "#components/remediation/planned-targets.tsx";
import { Notice } from "#components/ui/error-state.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import type { PlanDetail, TargetView } from "#db/remediation/model.ts";
import type { Moment } from "../timeline.ts";
import { StepImages } from "./step-images.tsx";
import { Timeline } from "./timeline-list.tsx";
import { Verification } from "./verification.tsx";

/** One resource: where it stands, and unfolded what was done to it, what it was and is, and what the checks say now. */
export function TargetSection({
  target,
  moments,
  plan,
  checkTitles,
  isOpen,
}: {
  target: TargetView;
  moments: readonly Moment[];
  plan: PlanDetail;
  checkTitles: Readonly<Record<string, string>>;
  isOpen: boolean;
}) {
  const actions = plan.document?.targets.find(({ uid }) => uid === target.uid)?.actions ?? [];
  return (
    <Fold
      isOpen={isOpen}
      summary={
        <span className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
          <span className="min-w-0 flex-1 basis-56">
            <TargetName target={target} account={target.accountName} />
          </span>
          <TargetStateMark state={target.state} />
        </span>
      }
    >
      <div className="grid gap-5 border-t border-line px-4 pt-4 pb-5 sm:px-5">
        {target.error ? (
          <Notice tone="danger">
            <Untrusted text={target.error} limit={800} />
          </Notice>
        ) : null}
        {moments.length > 0 ? (
          <Timeline moments={moments} label="What happened" />
        ) : (
          <p className="text-13 text-ink-soft">
            {target.state === "skipped" ? "Nothing was done to it." : "Its turn has not come yet."}
          </p>
        )}
        <Verification target={target} checkTitles={checkTitles} />
        <StepImages name={target.name} steps={target.steps} actions={actions} isOpen={isOpen} />
        <p className="text-13">
          <Link
            href={`/resources/${target.resourceId}` as Route}
            prefetch={false}
            className="text-ink-soft underline decoration-line-strong underline-offset-4 hover:text-ink max-sm:inline-block max-sm:py-2"
          >
            The resource as it was last read
          </Link>
        </p>
      </div>
    </Fold>
  );
}
