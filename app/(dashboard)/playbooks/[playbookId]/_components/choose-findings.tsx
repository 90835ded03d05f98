"use client";
import { Wrench } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { lazy, Suspense, useState } from "react";
import { FixMark } from "#components/remediation/fix-mark.tsx";
import { countOf } from "#components/remediation/plan-words.ts";
import { Button } from "#components/ui/button.tsx";
import { SeverityMark } from "#components/ui/severity-mark.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import type { FindingRow } from "#db/findings/model.ts";
import { canBeProposed } from "../../../_propose/under-way.ts";

const ProposeDialog = lazy(() => import("../../../_propose/propose-dialog.tsx"));

/** Findings to choose from, and the way to have them fixed. */
export function ChooseFindings({
  rows,
  playbook,
  may,
  now,
}: {
  rows: readonly FindingRow[];
  playbook: string;
  may: boolean;
  now: string;
}) {
  const router = useRouter();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [asked, setAsked] = useState<readonly string[]>();
  const free = rows.filter(({ fix }) => canBeProposed(fix?.state));
  const ids = rows.filter(({ id }) => chosen.has(id)).map(({ id }) => id);
  const toggle = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  return (
    <>
      <ul className="max-w-3xl border-t border-line">
        {rows.map(({ id, severity, reason, resource, account, fix }) => (
          <li key={id} className="flex items-start gap-3 border-b border-line py-2.5">
            {may ? (
              <span className="flex h-5 items-center">
                <input
                  type="checkbox"
                  checked={chosen.has(id)}
                  disabled={!canBeProposed(fix?.state)}
                  aria-label={`Choose: ${reason.slice(0, 100)}`}
                  onChange={() => toggle(id)}
                  className="size-4 accent-accent"
                />
              </span>
            ) : null}
            <span className="flex h-5 items-center">
              <SeverityMark severity={severity} terse />
            </span>
            <div className="min-w-0 flex-1">
              <Link
                href={`/findings?finding=${id}` as Route}
                prefetch={false}
                className="text-14 text-pretty hover:underline"
              >
                <Untrusted text={reason} limit={240} />
              </Link>
              <p className="mt-0.5 flex flex-wrap gap-x-4 text-12 text-ink-faint">
                <span className="min-w-0 truncate font-mono">
                  <Untrusted text={resource.name} limit={120} />
                </span>
                <Untrusted text={account.name} limit={60} />
                {fix ? <FixMark state={fix.state} /> : null}
              </p>
            </div>
          </li>
        ))}
      </ul>
      {may && free.length > 0 ? (
        <div className="mt-3 flex flex-wrap items-center gap-2">
          <Button look="primary" disabled={ids.length === 0} onClick={() => setAsked(ids)}>
            <Wrench aria-hidden strokeWidth={1.6} className="size-4" />
            {ids.length === 0 ? "Propose a fix" : `Propose a fix of ${countOf(ids.length, "finding")}`}
          </Button>
          {ids.length < free.length ? (
            <Button look="plain" onClick={() => setChosen(new Set(free.map(({ id }) => id)))}>
              Choose these {free.length}
            </Button>
          ) : null}
        </div>
      ) : null}
      {asked ? (
        <Suspense>
          <ProposeDialog
            ids={asked}
            playbook={playbook}
            now={now}
            onClose={() => {
              setAsked(undefined);
              router.refresh();
            }}
          />
        </Suspense>
      ) : null}
    </>
  );
}
