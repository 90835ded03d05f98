"use client";
import { useQuery } from "@tanstack/react-query";
import type { Route } from "next";
import Link from "next/link";
import { useState } from "react";
import { Button, LinkButton } from "#components/ui/button.tsx";
import { SeverityMark } from "#components/ui/severity-mark.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { MiddleCut, Untrusted } from "#components/ui/untrusted.tsx";
import type { FindingRow } from "#db/findings/model.ts";
import { readJson } from "../../../_shell/read-json.ts";
import type { ApprovalView } from "../view-approval.ts";

type Rows = { rows: (FindingRow & { title: string })[] };

/** The findings that a request is about, read when they are unfolded: the fifty gravest, and the way to the others. */
export function RequestFindings({ approval }: { approval: ApprovalView }) {
  const [isOpen, setOpen] = useState(false);
  const { id, findings } = approval;
  const read = useQuery({
    queryKey: ["approval-findings", id],
    queryFn: ({ signal }) => readJson<Rows>(`/api/approvals/${id}/findings`, signal),
    enabled: isOpen,
  });
  if (findings === 0) return null;
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)} className="group">
      <summary className="flex min-h-11 list-none items-center gap-2.5 px-4 text-14 hover:bg-hover sm:px-5">
        <span aria-hidden className="text-ink-faint transition-transform duration-120 group-open:rotate-90">
          ›
        </span>
        {findings === 1 ? "The finding" : `The ${findings.toLocaleString("en")} findings`}
      </summary>
      {read.data ? (
        <>
          <ul className="border-t border-line">
            {read.data.rows.map((row) => (
              <FindingLine key={row.id} row={row} showsCheck={approval.checkCount > 1} />
            ))}
          </ul>
          <More approval={approval} shown={read.data.rows.length} />
        </>
      ) : read.isError ? (
        <div className="flex flex-wrap items-center justify-between gap-3 border-t border-line px-4 py-3 text-13 sm:px-5">
          <span role="alert">{read.error.message}</span>
          <Button size="sm" onClick={() => void read.refetch()}>
            Try again
          </Button>
        </div>
      ) : (
        <div aria-busy className="grid gap-3 border-t border-line px-4 py-4 sm:px-5">
          <Skeleton className="h-4 w-4/5" />
          <Skeleton className="h-4 w-3/5" />
        </div>
      )}
    </details>
  );
}

function FindingLine({ row, showsCheck }: { row: Rows["rows"][number]; showsCheck: boolean }) {
  const href = `/findings?state=all&finding=${row.id}` as Route;
  return (
    <li className="border-b border-line last:border-b-0">
      <Link href={href} prefetch={false} className="grid gap-1 px-4 py-2.5 hover:bg-hover sm:px-5">
        <span className="flex min-w-0 items-center gap-2.5">
          <SeverityMark severity={row.severity} terse />
          <MiddleCut text={row.resource.name} className="min-w-0 text-14" />
          {row.status === "resolved" ? (
            <span className="shrink-0 text-13 text-ink-faint">resolved meanwhile</span>
          ) : null}
        </span>
        <span className="text-13 text-pretty text-ink-soft">
          {showsCheck ? `${row.title}: ` : ""}
          <Untrusted text={row.reason} limit={240} />
        </span>
        <span className="truncate text-12 text-ink-faint">
          <Untrusted text={row.account.name} limit={80} />
          {row.region ? ` · ${row.region}` : ""}
        </span>
      </Link>
    </li>
  );
}

/** The list of findings can't be narrowed to a request, but to its checks and accounts where these are few. */
function More({ approval, shown }: { approval: ApprovalView; shown: number }) {
  const { findings, checks, checkCount, accounts, accountCount } = approval;
  const query = new URLSearchParams({ state: "all" });
  if (checkCount === checks.length) query.set("check", checks.map(({ id }) => id).join(","));
  if (accountCount === accounts.length) query.set("account", accounts.map(({ id }) => id).join(","));
  return (
    <div className="flex flex-wrap items-center justify-between gap-3 border-t border-line px-4 py-2.5 text-13 text-ink-soft sm:px-5">
      <span>
        {shown < findings
          ? `The ${shown} gravest of ${findings.toLocaleString("en")}`
          : "That is all of them"}
      </span>
      <LinkButton size="sm" look="plain" href={`/findings?${query}` as Route}>
        {checkCount === 1 ? "All findings of this check there" : "All findings of these checks there"}
      </LinkButton>
    </div>
  );
}
