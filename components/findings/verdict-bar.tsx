import { cx } from "#components/ui/class-names.ts";
import type { CheckCounts } from "#db/findings/check-counts.ts";
import type { Severity } from "#lib/checks/model.ts";

const parts = [
  { name: "fail", word: "failed", look: "" },
  { name: "unknown", word: "unknown", look: "hatched border border-gap" },
  { name: "manual", word: "by hand", look: "border border-dashed border-edge" },
  { name: "pass", word: "passed", look: "bg-done" },
] as const;

const failing: Readonly<Record<Severity, string>> = {
  critical: "bg-critical",
  high: "bg-high",
  medium: "bg-medium",
  low: "bg-low",
  info: "bg-info",
};

/** A check's verdicts as shares of what it judged, with the figures in words. */
export function VerdictBar({ counts, severity }: { counts: CheckCounts; severity: Severity }) {
  const present = parts.filter(({ name }) => counts[name] > 0);
  if (present.length === 0) return <span className="text-12 text-ink-faint">Nothing to judge yet</span>;
  return (
    <div className="grid gap-1">
      <span aria-hidden className="flex h-2 gap-px">
        {present.map(({ name, look }) => (
          <span
            key={name}
            className={cx("min-w-1 rounded-[1px]", name === "fail" ? failing[severity] : look)}
            style={{ flexGrow: counts[name] }}
          />
        ))}
      </span>
      <span className="flex flex-wrap gap-x-3 text-12 text-ink-faint">
        {present.map(({ name, word }) => (
          <span key={name}>
            {counts[name].toLocaleString("en")} {word}
          </span>
        ))}
      </span>
    </div>
  );
}
