"use client";
import type { ReactNode } from "react";
import { CloudBadge } from "#components/accounts/cloud-badge.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { exactTime } from "#components/ui/relative-time.ts";
import { SeverityShape, severityWords } from "#components/ui/severity-mark.tsx";
import { Time } from "#components/ui/time.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import { UntrustedLines } from "#components/ui/untrusted-lines.tsx";
import type { Severity } from "#lib/checks/model.ts";
import { dayOf } from "../say-day.ts";
import type { ApprovalView } from "../view-approval.ts";
import { ApprovalCard } from "./approval-card.tsx";
import { RequestFindings } from "./request-findings.tsx";

const order = ["critical", "high", "medium", "low", "info"] as const satisfies readonly Severity[];

/** A request to accept the risk of some findings, with what it takes to decide. */
export function RiskRequest({
  approval,
  aside,
  foot,
  now,
  isChosen,
}: {
  approval: ApprovalView;
  aside?: ReactNode;
  foot?: ReactNode;
  now: string;
  isChosen: boolean;
}) {
  const { id, askedBy, askedAt, until, reason, status, overdue, own } = approval;
  const decision = decisionOf(approval, now);
  return (
    <ApprovalCard
      id={id}
      title={<Title approval={approval} />}
      aside={aside ?? (status === "asked" ? null : <StatusBadge status={status} />)}
      isChosen={isChosen}
      facts={[
        {
          name: "Findings",
          value: (
            <span className="flex flex-wrap items-center gap-x-4 gap-y-1">
              <Severities approval={approval} />
              {overdue > 0 ? <Badge tone="danger">{overdue.toLocaleString("en")} overdue</Badge> : null}
            </span>
          ),
        },
        { name: "Where", value: <Accounts approval={approval} /> },
        {
          name: "Why",
          value: <UntrustedLines text={reason} />,
        },
        {
          name: "Asked by",
          value: (
            <>
              <Untrusted text={own ? "you" : askedBy.name} limit={80} />
              <span className="text-ink-faint">
                , <Time at={askedAt} now={now} />
              </span>
            </>
          ),
        },
        {
          name: "Until",
          value: (
            <span title={exactTime(until)}>
              {dayOf(until)}
              {status === "asked" || status === "granted" ? (
                <span className="text-ink-faint"> ({sayLeft(until, now)})</span>
              ) : null}
            </span>
          ),
        },
        ...(decision ? [{ name: "Decided", value: decision }] : []),
      ]}
      foot={foot}
    >
      <RequestFindings approval={approval} />
    </ApprovalCard>
  );
}

function Title({ approval: { checks, checkCount, findings } }: { approval: ApprovalView }) {
  const [first] = checks;
  if (!first) return "Its findings are not there any more";
  const others = checkCount - 1;
  return (
    <>
      <span className="block text-13 font-[400] tracking-normal text-ink-faint">
        Accept the risk of {findings === 1 ? "1 finding" : `${findings.toLocaleString("en")} findings`}
      </span>
      <Untrusted text={first.title} limit={200} />
      {others > 0 ? (
        <span className="font-[400] text-ink-soft">
          {" "}
          and {others === 1 ? "1 other check" : `${others.toLocaleString("en")} other checks`}
        </span>
      ) : null}
    </>
  );
}

function Severities({ approval: { severities } }: { approval: ApprovalView }) {
  return order
    .filter((severity) => severities[severity] > 0)
    .map((severity) => (
      <span key={severity} className="inline-flex items-center gap-1.5 whitespace-nowrap">
        <SeverityShape severity={severity} />
        {severities[severity].toLocaleString("en")} {severityWords[severity].toLowerCase()}
      </span>
    ));
}

function Accounts({ approval: { accounts, accountCount } }: { approval: ApprovalView }) {
  const rest = accountCount - accounts.length;
  return (
    <ul className="grid gap-1">
      {accounts.map(({ id, name, cloud, findings }) => (
        <li key={id} className="flex min-w-0 items-center gap-2.5">
          <CloudBadge cloud={cloud} />
          <Untrusted text={name} limit={100} className="min-w-0 truncate" />
          {accountCount > 1 ? (
            <span className="text-13 text-ink-faint">{findings.toLocaleString("en")}</span>
          ) : null}
        </li>
      ))}
      {rest > 0 ? <li className="text-13 text-ink-faint">and {rest.toLocaleString("en")} more</li> : null}
    </ul>
  );
}

const words = {
  asked: "Waiting",
  granted: "Granted",
  rejected: "Rejected",
  withdrawn: "Withdrawn",
  expired: "Over",
  ended: "Ended early",
} as const;

function StatusBadge({ status }: { status: ApprovalView["status"] }) {
  return <Badge tone={status === "granted" ? "accent" : "neutral"}>{words[status]}</Badge>;
}

function decisionOf({ decidedBy, decidedAt, decisionNote }: ApprovalView, now: string): ReactNode {
  if (!decidedBy || !decidedAt) return null;
  return (
    <>
      <Untrusted text={decidedBy.name} limit={80} />
      <span className="text-ink-faint">
        , <Time at={decidedAt} now={now} />
      </span>
      {decisionNote ? (
        <span className="mt-0.5 block text-ink-soft">
          <UntrustedLines text={decisionNote} />
        </span>
      ) : null}
    </>
  );
}

function sayLeft(until: string, now: string): string {
  const days = Math.ceil((Date.parse(until) - Date.parse(now)) / 86_400_000);
  if (days <= 0) return "over";
  return days === 1 ? "within a day" : `${days.toLocaleString("en")} days`;
}
