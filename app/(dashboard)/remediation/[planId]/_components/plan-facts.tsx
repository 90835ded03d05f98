import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { Dependents, ReachedAccounts, TagList } from "#components/remediation/blast-radius.tsx";
import { DecisionList } from "#components/remediation/decision-list.tsx";
import { LocalTime } from "#components/remediation/local-time.tsx";
import { LongText } from "#components/remediation/long-text.tsx";
import { countOf, riskWords, sayLeft } from "#components/remediation/plan-words.ts";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { duration } from "#components/ui/relative-time.ts";
import { SeverityShape, severityWords } from "#components/ui/severity-mark.tsx";
import { Time } from "#components/ui/time.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import type { PlanDetail, PlanEvent } from "#db/remediation/model.ts";
import { Parameters } from "./parameters.tsx";

/** What there is to know about a plan, whatever became of it. */
export function PlanFacts({ plan, now }: { plan: PlanDetail; events: readonly PlanEvent[]; now: string }) {
  const {
    severity,
    findings,
    risk,
    reversible,
    blastRadius: radius,
    decisions,
    autoApproval,
    rollback,
  } = plan;
  return (
    <dl className="grid gap-4 text-14 @max-4xl/page:max-w-2xl">
      <Fact name="Why">
        <LongText text={plan.reason} />
      </Fact>
      <Fact name="Asked by">
        <Untrusted text={plan.requestedBy.name} limit={80} />
        <span className="text-ink-faint">
          , <Time at={plan.requestedAt} now={now} />
        </span>
      </Fact>
      <Fact name="Fixes">
        <span className="flex items-center gap-1.5">
          {severity ? <SeverityShape severity={severity} /> : null}
          <span>
            {countOf(findings, "finding")}
            {severity ? (
              <span className="text-ink-soft">, {severityWords[severity].toLowerCase()}</span>
            ) : null}
          </span>
        </span>
      </Fact>
      <Fact name="Risk">
        {riskWords[risk]},{" "}
        {reversible ? "can be undone" : <span className="text-danger">can't be undone whole</span>}
      </Fact>
      <Fact name="Approvals">
        {decisions.length === 0 && !autoApproval ? (
          plan.approvalsNeeded === 0 ? (
            "None is needed"
          ) : (
            `Needs ${plan.approvalsNeeded}`
          )
        ) : (
          <DecisionList plan={plan} now={now} />
        )}
      </Fact>
      {plan.expiresAt && (plan.state === "awaiting_approval" || plan.state === "approved") ? (
        <Fact name="Expires">
          in {sayLeft(plan.expiresAt, now)}
          <span className="block text-13 text-ink-faint">
            <LocalTime at={plan.expiresAt} />
          </span>
        </Fact>
      ) : null}
      {plan.startedAt ? (
        <Fact name={plan.finishedAt ? "Took" : "Began"}>
          {plan.finishedAt ? (
            duration(Date.parse(plan.finishedAt) - Date.parse(plan.startedAt))
          ) : (
            <Time at={plan.startedAt} now={now} />
          )}
          <span className="block text-13 text-ink-faint">
            <LocalTime at={plan.startedAt} />
          </span>
        </Fact>
      ) : null}
      {rollback ? (
        <Fact name="Rolled back by">
          <Untrusted text={rollback.by.name} limit={80} />
          <span className="text-ink-faint">
            , <Time at={rollback.at} now={now} />
          </span>
          <span className="mt-0.5 block text-ink-soft">
            <LongText text={rollback.reason} />
          </span>
        </Fact>
      ) : null}
      <Fact name="Where">
        <ReachedAccounts accounts={radius.accounts} />
      </Fact>
      {radius.dependents > 0 ? (
        <Fact name={`${countOf(radius.dependents, "other resource")} may notice`}>
          <Dependents radius={radius} />
        </Fact>
      ) : null}
      {radius.tags.length > 0 ? (
        <Fact name="Tags">
          <TagList tags={radius.tags} of={plan.resources} />
        </Fact>
      ) : null}
      <Parameters plan={plan} />
      <Fact name="Playbook">
        <Link
          href={`/playbooks/${encodeURIComponent(plan.playbook)}` as Route}
          prefetch={false}
          className="font-mono text-12 underline decoration-line-strong underline-offset-4 hover:decoration-current"
        >
          <Untrusted text={plan.playbook} limit={80} />
        </Link>
      </Fact>
      {plan.follows ? (
        <Fact name="Follows">
          <Link
            href={`/remediation/${plan.follows}` as Route}
            prefetch={false}
            className="underline decoration-line-strong underline-offset-4 hover:decoration-current"
          >
            The plan whose later part this is
          </Link>
        </Fact>
      ) : null}
      {plan.hash ? (
        <Fact name="What was approved, as SHA-256">
          <span className="flex items-center gap-1 font-mono text-12 text-ink-soft">
            {plan.hash.slice(0, 12)}…
            <CopyButton text={plan.hash} label="Copy the whole hash" />
          </span>
        </Fact>
      ) : null}
    </dl>
  );
}

export const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div className="grid min-w-0 gap-0.5">
    <dt className="text-13 text-ink-faint">{name}</dt>
    <dd className="min-w-0">{children}</dd>
  </div>
);
