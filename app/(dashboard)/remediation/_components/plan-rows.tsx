import type { Route } from "next";
import Link from "next/link";
import { PersonMark } from "#components/findings/person-mark.tsx";
import { PlanStateMark } from "#components/remediation/plan-state.tsx";
import { listNames, sayLeft } from "#components/remediation/plan-words.ts";
import { ProgressBar } from "#components/remediation/progress-bar.tsx";
import { SeverityMark } from "#components/ui/severity-mark.tsx";
import { Time } from "#components/ui/time.tsx";
import { MiddleCut, Untrusted } from "#components/ui/untrusted.tsx";
import type { PlanSummary } from "#db/remediation/model.ts";

/** One plan a row, the whole of it a link; on a phone a card. */
export function PlanRows({
  plans,
  now,
  label,
}: {
  plans: readonly (PlanSummary & { resource: string })[];
  now: string;
  label: string;
}) {
  return (
    <ul aria-label={label} className="divide-y divide-line border-y border-line">
      {plans.map((plan) => (
        <li key={plan.id}>
          <PlanRow plan={plan} now={now} />
        </li>
      ))}
    </ul>
  );
}

function PlanRow({ plan, now }: { plan: PlanSummary & { resource: string }; now: string }) {
  const { id, title, resources, accountNames, severity, requestedBy, requestedAt, expiresAt, state } = plan;
  const isUnderWay = state === "running" || state === "verifying" || state === "rolling_back";
  return (
    <Link
      href={`/remediation/${id}` as Route}
      prefetch={false}
      className="grid gap-x-6 gap-y-2 px-4 py-3 transition-colors duration-120 hover:bg-hover sm:px-6 md:grid-cols-[minmax(0,1fr)_13rem_minmax(0,9rem)_6.5rem] md:items-center"
    >
      <span className="flex min-w-0 items-start gap-2.5">
        <span className="pt-1">
          {severity ? <SeverityMark severity={severity} terse /> : <span className="block size-3" />}
        </span>
        <span className="grid min-w-0 gap-0.5">
          <span className="text-14 font-[520] text-pretty">
            <Untrusted text={title} limit={160} />
          </span>
          <span className="flex min-w-0 items-baseline gap-1.5 text-13 text-ink-soft">
            <MiddleCut text={plan.resource} />
            {resources > 1 ? (
              <span className="shrink-0">and {(resources - 1).toLocaleString("en")} more</span>
            ) : null}
          </span>
          <span className="truncate text-12 text-ink-faint">
            <Untrusted text={listNames(accountNames)} limit={160} />
          </span>
        </span>
      </span>
      <span className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1.5 max-md:pl-5.5 md:grid">
        <PlanStateMark plan={plan} />
        {isUnderWay ? (
          <ProgressBar progress={plan.progress} resources={resources} />
        ) : state === "awaiting_approval" && expiresAt ? (
          <span className="text-12 text-ink-faint">expires in {sayLeft(expiresAt, now)}</span>
        ) : null}
      </span>
      <span className="min-w-0 text-13 text-ink-soft max-md:pl-5.5 max-md:text-12">
        <PersonMark person={requestedBy} />
        <span className="ml-2 text-ink-faint md:hidden">
          <Time at={requestedAt} now={now} />
        </span>
      </span>
      <span className="text-right text-13 text-ink-faint max-md:hidden">
        <Time at={requestedAt} now={now} />
      </span>
    </Link>
  );
}
