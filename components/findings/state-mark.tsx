import type { ReactNode } from "react";
import { cx } from "#components/ui/class-names.ts";
import type { FindingState } from "#db/findings/schema.ts";

export const stateWords: Readonly<Record<FindingState, string>> = {
  new: "New",
  in_progress: "In progress",
  muted: "Muted",
  risk_accepted: "Risk accepted",
  resolved: "Resolved",
};

const ring = <circle cx="6" cy="6" r="4.6" fill="none" stroke="currentColor" strokeWidth="1.5" />;

/** Each state has a shape of its own, so that it reads without colour. */
const shapes: Readonly<Record<FindingState, ReactNode>> = {
  new: ring,
  in_progress: (
    <>
      {ring}
      <path d="M6 3.2a2.8 2.8 0 0 1 0 5.6Z" fill="currentColor" />
    </>
  ),
  muted: (
    <>
      {ring}
      <path d="M3.4 8.6 8.6 3.4" stroke="currentColor" strokeWidth="1.5" />
    </>
  ),
  risk_accepted: (
    <path d="M6 .9 10.8 2.6V6c0 2.6-1.9 4.3-4.8 5.2C3.1 10.3 1.2 8.6 1.2 6V2.6Z" fill="currentColor" />
  ),
  resolved: <rect x="1" y="1" width="10" height="10" rx="1.5" fill="currentColor" />,
};

const colours: Readonly<Record<FindingState, string>> = {
  new: "text-ink-faint",
  in_progress: "text-accent",
  muted: "text-ink-faint",
  risk_accepted: "text-ink-soft",
  resolved: "text-done",
};

export function StateShape({ state, className }: { state: FindingState; className?: string }) {
  return (
    <svg viewBox="0 0 12 12" aria-hidden className={cx("size-3 shrink-0", colours[state], className)}>
      {shapes[state]}
    </svg>
  );
}

/** Where a finding stands; one that can't be re-read is hatched, whatever it was. */
export function StateMark({
  finding: { state, reopened, unverifiedSince, acceptanceAsked = false },
}: {
  finding: {
    state: FindingState;
    reopened: number;
    unverifiedSince: string | null;
    acceptanceAsked?: boolean;
  };
}) {
  const hatched = unverifiedSince !== null && state !== "resolved";
  const word = hatched ? "Unverified" : state === "new" && reopened > 0 ? "Reopened" : stateWords[state];
  return (
    <span className="inline-flex min-w-0 items-center gap-2 text-13 whitespace-nowrap text-ink-soft">
      {hatched ? (
        <span aria-hidden className="hatched size-3 shrink-0 rounded-xs border border-gap" />
      ) : (
        <StateShape state={state} />
      )}
      <span className="truncate">{word}</span>
      {acceptanceAsked ? (
        <span title="A manager is asked to accept its risk" className="text-12 text-ink-faint">
          asked
        </span>
      ) : null}
    </span>
  );
}
