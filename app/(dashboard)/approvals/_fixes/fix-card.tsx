"use client";
import type { Route } from "next";
import Link from "next/link";
import { type ReactNode, useRef } from "react";
import { Dependents, ReachedAccounts, TagList } from "#components/remediation/blast-radius.tsx";
import { DecisionList } from "#components/remediation/decision-list.tsx";
import { Fold } from "#components/remediation/fold.tsx";
import { LocalTime } from "#components/remediation/local-time.tsx";
import { LongText } from "#components/remediation/long-text.tsx";
import { countOf, riskWords, sayLeft } from "#components/remediation/plan-words.ts";
import { PlannedTargets } from "#components/remediation/planned-targets.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { SeverityShape, severityWords } from "#components/ui/severity-mark.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { Time } from "#components/ui/time.tsx";
import { MiddleCut, Untrusted } from "#components/ui/untrusted.tsx";
import type { PlanDetail, PlanSummary } from "#db/remediation/model.ts";
import type { PlanHint } from "#db/remediation/plan-hints.ts";
import { ApprovalCard } from "../_components/approval-card.tsx";
import { useNearSight, usePlan } from "./use-plan.ts";

const shownAccounts = 4;

/** A fix that somebody asks to have approved, with what it takes to decide. */
export function FixCard({
  plan,
  aside,
  foot,
  now,
  isChosen,
}: {
  plan: PlanSummary & PlanHint;
  aside?: ReactNode;
  /** What it says of itself has to be there before it can be approved. */
  foot: (isRead: boolean) => ReactNode;
  now: string;
  isChosen: boolean;
}) {
  const place = useRef<HTMLDivElement>(null);
  const detail = usePlan(plan.id, plan.hash, useNearSight(place));
  return (
    <div ref={place}>
      <ApprovalCard
        id={plan.id}
        title={<Title plan={plan} />}
        aside={aside}
        isChosen={isChosen}
        facts={factsOf(plan, detail.data, now)}
        foot={foot(detail.data !== undefined)}
      >
        {detail.data ? (
          <Unfolding plan={plan} detail={detail.data} />
        ) : detail.isError ? (
          <div className="flex flex-wrap items-center justify-between gap-3 px-4 py-3 text-13 sm:px-5">
            <span role="alert" className="text-danger">
              {detail.error.message}
            </span>
            <Button size="sm" onClick={() => void detail.refetch()}>
              Try again
            </Button>
          </div>
        ) : (
          <div aria-busy className="divide-y divide-line">
            {["changes", "depending", "page"].map((each) => (
              <div key={each} className="flex h-11 items-center px-4 sm:px-5">
                <Skeleton className="h-4 w-44" />
              </div>
            ))}
          </div>
        )}
      </ApprovalCard>
    </div>
  );
}

function Title({ plan: { title, resource, resources } }: { plan: PlanSummary & PlanHint }) {
  const others = resources - 1;
  return (
    <>
      <span className="block text-13 font-[400] tracking-normal text-ink-faint">
        Change {countOf(resources, "resource")}
      </span>
      <Untrusted text={title} limit={200} />
      <span className="mt-0.5 flex min-w-0 items-center gap-1.5 text-14 font-[400] tracking-normal text-ink-soft">
        <MiddleCut text={resource} />
        {others > 0 ? <span className="shrink-0">and {others.toLocaleString("en")} more</span> : null}
      </span>
    </>
  );
}

function factsOf(plan: PlanSummary, detail: PlanDetail | undefined, now: string) {
  const { severity, findings, reason, requestedBy, requestedAt, risk, reversible, expiresAt } = plan;
  const radius = detail?.blastRadius;
  return [
    {
      name: "Fixes",
      value: (
        <span className="flex items-center gap-1.5">
          {severity ? <SeverityShape severity={severity} /> : null}
          <span>
            {countOf(findings, "finding")}
            {severity ? (
              <span className="text-ink-soft">, {severityWords[severity].toLowerCase()}</span>
            ) : null}
          </span>
        </span>
      ),
    },
    {
      name: "Where",
      value: radius ? (
        <ReachedAccounts accounts={radius.accounts} most={shownAccounts} />
      ) : (
        <AccountNames names={plan.accountNames} />
      ),
    },
    { name: "Why", value: <LongText text={reason} /> },
    {
      name: "Asked by",
      value: (
        <>
          <Untrusted text={requestedBy.name} limit={80} />
          <span className="text-ink-faint">
            , <Time at={requestedAt} now={now} />
          </span>
        </>
      ),
    },
    {
      name: "Risk",
      value: (
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          {riskWords[risk]}
          {reversible ? (
            <span className="text-ink-soft">Can be undone ✓</span>
          ) : (
            <Badge tone="danger">Can't be undone whole</Badge>
          )}
        </span>
      ),
    },
    ...(expiresAt
      ? [
          {
            name: "Expires",
            value: (
              <>
                in {sayLeft(expiresAt, now)}
                <span className="text-ink-faint">
                  , <LocalTime at={expiresAt} />
                </span>
              </>
            ),
          },
        ]
      : []),
    ...(plan.approvalsNeeded > 1 || plan.decisions.length > 0
      ? [
          {
            name: "Approvals",
            value: (
              <div className="grid gap-1">
                <span>
                  {plan.decisions.length} of {plan.approvalsNeeded}
                </span>
                {plan.decisions.length > 0 ? <DecisionList plan={plan} now={now} /> : null}
              </div>
            ),
          },
        ]
      : []),
    ...(radius && radius.tags.length === 0
      ? []
      : [
          {
            name: "Tags",
            value: radius ? (
              <TagList tags={radius.tags.slice(0, 4)} of={plan.resources} />
            ) : (
              <Skeleton className="h-4.5 w-52 max-w-full" />
            ),
          },
        ]),
  ];
}

/** As high as what takes its place once it was read. */
function AccountNames({ names }: { names: readonly string[] }) {
  const rest = names.length - shownAccounts;
  return (
    <ul className="grid gap-1.5">
      {[...new Set(names)].slice(0, shownAccounts).map((name) => (
        <li key={name} className="flex h-6 min-w-0 items-center">
          <Untrusted text={name} limit={100} className="min-w-0 truncate" />
        </li>
      ))}
      {rest > 0 ? <li className="text-13 text-ink-faint">and {countOf(rest, "other account")}</li> : null}
    </ul>
  );
}

function Unfolding({ plan, detail }: { plan: PlanSummary; detail: PlanDetail }) {
  const { document, blastRadius } = detail;
  const names = new Map(blastRadius.accounts.map(({ id, name }) => [id, name]));
  return (
    <div className="divide-y divide-line">
      {document ? (
        <Fold
          summary={
            plan.resources === 1
              ? "What changes, and the way back"
              : `What changes on the ${plan.resources}, and the way back`
          }
        >
          <div className="border-t border-line">
            <PlannedTargets targets={document.targets} accountName={(id) => names.get(id)} />
          </div>
        </Fold>
      ) : null}
      {blastRadius.dependents > 0 ? (
        <Fold summary={`${countOf(blastRadius.dependents, "other resource")} may notice`}>
          <div className="px-4 pb-3 sm:px-5">
            <p className="pb-1 text-13 text-pretty text-ink-soft">
              {blastRadius.dependents === 1 ? "It names" : "They name"} what is changed in{" "}
              {blastRadius.dependents === 1 ? "its" : "their"} own configuration.
            </p>
            <Dependents radius={blastRadius} />
          </div>
        </Fold>
      ) : (
        <p className="flex min-h-11 items-center px-4 text-14 text-ink-soft sm:px-5">
          No other resource is known to depend on {plan.resources === 1 ? "it" : "them"}.
        </p>
      )}
      <Link
        href={`/remediation/${plan.id}` as Route}
        prefetch={false}
        className="flex min-h-11 items-center px-4 text-14 text-ink-soft transition-colors duration-120 hover:bg-hover hover:text-ink sm:px-5"
      >
        The plan on a page of its own
      </Link>
    </div>
  );
}
