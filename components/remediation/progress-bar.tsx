import { cx } from "#components/ui/class-names.ts";
import type { PlanSummary } from "#db/remediation/model.ts";
import type { TargetState } from "#lib/remediation/model.ts";
import { targetStateWords } from "./plan-words.ts";

const order = [
  "succeeded",
  "rolled_back",
  "changed_unverified",
  "verifying",
  "running",
  "rolling_back",
  "failed",
  "rollback_failed",
  "skipped",
  "waiting",
] as const satisfies readonly TargetState[];

const colours: Readonly<Record<TargetState, string>> = {
  succeeded: "bg-done",
  rolled_back: "bg-done",
  changed_unverified: "hatched",
  verifying: "breathing bg-accent",
  running: "breathing bg-accent",
  rolling_back: "breathing bg-accent",
  failed: "bg-critical",
  rollback_failed: "bg-critical",
  skipped: "bg-line-strong",
  waiting: "bg-transparent",
};

/** How far a plan's resources are, as a bar of their states in one order; the words are for who can't see it. */
export function ProgressBar({ progress, resources }: Pick<PlanSummary, "progress" | "resources">) {
  const parts = order.flatMap((state) => (progress[state] ? [{ state, count: progress[state] ?? 0 }] : []));
  const words = parts
    .map(({ state, count }) => `${count} ${targetStateWords[state].toLowerCase()}`)
    .join(", ");
  return (
    <span
      role="img"
      aria-label={`${resources} in all: ${words}`}
      className="flex h-1.5 w-full overflow-hidden rounded-xs bg-inset"
    >
      {parts.map(({ state, count }) => (
        <span
          key={state}
          className={cx("h-full transition-[width] duration-120", colours[state])}
          style={{ width: `${(count / Math.max(1, resources)) * 100}%` }}
        />
      ))}
    </span>
  );
}
