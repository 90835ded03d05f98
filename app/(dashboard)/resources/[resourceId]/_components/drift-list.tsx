"use client";
import { useQuery } from "@tanstack/react-query";
import type { Route } from "next";
import Link from "next/link";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { Time } from "#components/ui/time.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import { readJson } from "../../../../_shell/read-json.ts";
import type { Drift, DriftStep } from "../drift.ts";
import { DriftChoice, type DriftState } from "./drift-choice.tsx";
import { DriftLines } from "./drift-lines.tsx";

const shownAtFirst = 5;
const words = { changed: "Changed", gone: "Gone", back: "Back" } as const;
const marks = { changed: "bg-accent", gone: "border border-edge bg-surface", back: "bg-done" } as const;

/** What scans found otherwise than before, newest first; any two states can be compared. */
export function DriftList({
  resourceId,
  steps,
  gone,
  firstSeenAt,
  now,
}: {
  resourceId: string;
  steps: readonly DriftStep[];
  gone: boolean;
  firstSeenAt: string;
  now: string;
}) {
  const [shown, setShown] = useState(shownAtFirst);
  if (steps.length === 0) {
    return (
      <p className="text-13 text-ink-soft">
        The same since it was first seen, <Time at={firstSeenAt} now={now} />. When a scan finds it changed,
        what it was is kept here.
      </p>
    );
  }
  const states: DriftState[] = [
    { id: 0, until: null, gone },
    ...steps.map(({ from, at, what }) => ({ id: from, until: at, gone: what === "back" })),
  ];
  return (
    <>
      <ol aria-label="Changes" className="border-l border-line-strong">
        {steps.slice(0, shown).map((step, index) => (
          <Step key={step.from} resourceId={resourceId} step={step} open={index === 0} now={now} />
        ))}
      </ol>
      {steps.length > shown ? (
        <Button size="sm" onClick={() => setShown(steps.length)}>
          Show {steps.length - shown} older
        </Button>
      ) : (
        <p className="mt-1 text-13 text-ink-faint">
          First seen <Time at={firstSeenAt} now={now} />. The newest fifty states are kept.
        </p>
      )}
      {steps.length > 1 ? <DriftChoice resourceId={resourceId} states={states} /> : null}
    </>
  );
}

function Step({
  resourceId,
  step,
  open: openAtFirst,
  now,
}: {
  resourceId: string;
  step: DriftStep;
  open: boolean;
  now: string;
}) {
  const hasLines = step.count > 0;
  const [open, setOpen] = useState(openAtFirst && hasLines);
  return (
    <li className="relative pb-5 pl-5">
      <span
        aria-hidden
        className={`absolute top-1.5 -left-[4.5px] size-2 rounded-[1px] ${marks[step.what]}`}
      />
      <div className="flex flex-wrap items-baseline gap-x-2 gap-y-1 text-13">
        <span className="font-[540]">{words[step.what]}</span>
        <span className="text-ink-faint">
          <Time at={step.at} now={now} />
        </span>
        <Link
          href={`/scans/${step.scanId}` as Route}
          prefetch={false}
          className="text-ink-faint underline decoration-line-strong underline-offset-4 hover:text-ink"
        >
          found by a scan
        </Link>
        {hasLines ? (
          <Button
            size="sm"
            look="plain"
            className="ml-auto"
            aria-expanded={open}
            onClick={() => setOpen(!open)}
          >
            {open ? "Hide" : "Show"} {step.count.toLocaleString("en")}
            {step.more ? " and more" : ""} {step.count === 1 ? "difference" : "differences"}
          </Button>
        ) : null}
      </div>
      {open ? (
        <DriftBetween resourceId={resourceId} from={step.from} to={step.to} />
      ) : (
        <p className="mt-0.5 text-13 text-ink-soft">
          {hasLines ? (
            <Untrusted text={step.about.join(", ")} limit={200} />
          ) : step.what === "gone" ? (
            "A scan that read everything there no longer found it."
          ) : (
            "As it had been before."
          )}
        </p>
      )}
    </li>
  );
}

/** The difference between two states, read when it is looked at. */
export function DriftBetween({ resourceId, from, to }: { resourceId: string; from: number; to: number }) {
  const { data, error, refetch } = useQuery({
    queryKey: ["drift", resourceId, from, to],
    queryFn: ({ signal }) =>
      readJson<Drift>(`/api/resources/${resourceId}/drift?from=${from}&to=${to}`, signal),
    // Versions don't change; the present one does, with the page.
    staleTime: 60_000,
  });
  if (error) {
    return (
      <p role="alert" className="mt-2 flex flex-wrap items-center gap-3 text-13 text-danger">
        {error.message}
        <Button size="sm" onClick={() => void refetch()}>
          Try again
        </Button>
      </p>
    );
  }
  if (!data) return <Skeleton className="mt-2 h-20" />;
  return <DriftLines drift={data} />;
}
