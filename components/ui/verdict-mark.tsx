import type { VerdictStatus } from "#lib/checks/model.ts";
import { cx } from "./class-names.ts";

const words: Readonly<Record<VerdictStatus, string>> = {
  pass: "Passed",
  fail: "Failed",
  unknown: "Unknown",
  manual: "By hand",
};

const marks: Readonly<Record<VerdictStatus, string>> = {
  pass: "bg-done",
  fail: "bg-critical",
  unknown: "hatched border border-gap",
  manual: "border border-dashed border-edge",
};

/** A verdict; what could not be told is hatched, because a gap must look like a gap. */
export function VerdictMark({ status, children }: { status: VerdictStatus; children?: string }) {
  return (
    <span className="inline-flex items-center gap-2 text-13 whitespace-nowrap">
      <span aria-hidden className={cx("size-3 shrink-0 rounded-xs", marks[status])} />
      {children ?? words[status]}
    </span>
  );
}
