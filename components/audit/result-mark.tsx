import type { ReactNode } from "react";
import { cx } from "#components/ui/class-names.ts";
import type { AuditResult } from "#db/audit/schema.ts";

export const resultWords: Readonly<Record<AuditResult, string>> = {
  done: "Done",
  refused: "Refused",
  failed: "Failed",
};

/** Each has a shape of its own, so that it reads without colour; what was done is quiet. */
const shapes: Readonly<Record<AuditResult, ReactNode>> = {
  done: <rect x="3.5" y="3.5" width="5" height="5" rx="1" fill="currentColor" />,
  refused: (
    <>
      <circle cx="6" cy="6" r="4.6" fill="none" stroke="currentColor" strokeWidth="1.6" />
      <path d="M2.9 9.1 9.1 2.9" stroke="currentColor" strokeWidth="1.6" />
    </>
  ),
  failed: (
    <path d="m2.4 2.4 7.2 7.2m0-7.2-7.2 7.2" stroke="currentColor" strokeWidth="2.2" strokeLinecap="round" />
  ),
};

const colours: Readonly<Record<AuditResult, string>> = {
  done: "text-done",
  refused: "text-high",
  failed: "text-critical",
};

export function ResultShape({ result, className }: { result: AuditResult; className?: string }) {
  return (
    <svg viewBox="0 0 12 12" aria-hidden className={cx("size-3 shrink-0", colours[result], className)}>
      {shapes[result]}
    </svg>
  );
}

/** How an act ended, as shape and word; `terse` keeps the word for screen readers alone. */
export function ResultMark({ result, terse = false }: { result: AuditResult; terse?: boolean }) {
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <ResultShape result={result} />
      <span className={terse ? "sr-only" : undefined}>{resultWords[result]}</span>
    </span>
  );
}
