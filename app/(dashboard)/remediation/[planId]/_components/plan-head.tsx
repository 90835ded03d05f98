"use client";
import { ArrowLeft } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import { PlanStateMark } from "#components/remediation/plan-state.tsx";
import { countOf } from "#components/remediation/plan-words.ts";
import { ProgressBar } from "#components/remediation/progress-bar.tsx";
import { sayPlan } from "#components/remediation/say-plan.ts";
import { Notice } from "#components/ui/error-state.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import { visibleText } from "#components/ui/visible-text.ts";
import type { PlanDetail } from "#db/remediation/model.ts";
import { PlanActions } from "./plan-actions.tsx";

export function PlanHead({
  plan,
  own,
  opens,
  now,
  problem,
  onDone,
}: {
  plan: PlanDetail;
  own: boolean;
  /** When its change window opens, as the reader's clock says it. */
  opens: string | undefined;
  now: string;
  problem: string | null;
  onDone: () => Promise<void>;
}) {
  const { title, resources, startedAt, state } = plan;
  const begun = startedAt !== null;
  return (
    <header className="border-b border-line px-4 pt-5 pb-5 sm:px-6">
      <Link
        href={"/remediation" as Route}
        className="inline-flex h-8 items-center gap-1.5 text-13 text-ink-faint hover:text-ink max-sm:h-10"
      >
        <ArrowLeft aria-hidden className="size-3.5" />
        Remediation
      </Link>
      <h1 className="mt-1 text-28 tracking-[-0.02em]">
        <Untrusted text={title} limit={200} />
        <span className="font-[420] text-ink-soft">, {countOf(resources, "resource")}</span>
      </h1>
      <div className="mt-2 grid gap-1.5">
        <PlanStateMark plan={plan} />
        <p aria-live="polite" className="max-w-[72ch] text-14 text-pretty text-ink-soft">
          {visibleText(sayPlan(plan, opens))}
        </p>
      </div>
      {begun && resources > 1 ? (
        <div className="mt-4 max-w-2xl">
          <ProgressBar progress={plan.progress} resources={resources} />
        </div>
      ) : null}
      {state === "awaiting_approval" && plan.cannotDecide && !own ? (
        <p className="mt-3 text-13 text-ink-faint">{plan.cannotDecide}</p>
      ) : null}
      {problem ? (
        <div className="mt-4 max-w-2xl">
          <Notice tone="danger">
            <span role="alert">{problem}</span>
          </Notice>
        </div>
      ) : null}
      <PlanActions plan={plan} now={now} onDone={onDone} />
    </header>
  );
}
