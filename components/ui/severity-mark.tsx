import type { ReactNode } from "react";
import type { Severity } from "#lib/checks/model.ts";
import { cx } from "./class-names.ts";

export const severityWords: Readonly<Record<Severity, string>> = {
  critical: "Critical",
  high: "High",
  medium: "Medium",
  low: "Low",
  info: "Info",
};

/** Each severity has a shape of its own, so that it reads without colour. */
const shapes: Readonly<Record<Severity, ReactNode>> = {
  critical: <path d="M6 .4 11.6 6 6 11.6.4 6Z" fill="currentColor" />,
  high: <path d="M6 .9 11.7 11H.3Z" fill="currentColor" />,
  medium: <rect x="1.4" y="1.4" width="9.2" height="9.2" rx="1" fill="currentColor" />,
  low: <circle cx="6" cy="6" r="4.9" fill="currentColor" />,
  info: <circle cx="6" cy="6" r="4.1" fill="none" stroke="currentColor" strokeWidth="1.7" />,
};

const colours: Readonly<Record<Severity, string>> = {
  critical: "text-critical",
  high: "text-high",
  medium: "text-medium",
  low: "text-low",
  info: "text-info",
};

export function SeverityShape({ severity, className }: { severity: Severity; className?: string }) {
  return (
    <svg viewBox="0 0 12 12" aria-hidden className={cx("size-3 shrink-0", colours[severity], className)}>
      {shapes[severity]}
    </svg>
  );
}

/** Shape and word; `terse` keeps the word for screen readers alone. */
export function SeverityMark({ severity, terse = false }: { severity: Severity; terse?: boolean }) {
  return (
    <span className="inline-flex items-center gap-2 text-13 whitespace-nowrap">
      <SeverityShape severity={severity} />
      <span className={terse ? "sr-only" : "text-ink-soft"}>{severityWords[severity]}</span>
    </span>
  );
}
