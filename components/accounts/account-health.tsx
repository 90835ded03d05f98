import { cx } from "#components/ui/class-names.ts";
import type { AccountHealth } from "#db/accounts/queries.ts";

const words: Readonly<Record<AccountHealth, string>> = {
  good: "Read whole",
  gaps: "Gaps",
  unreachable: "Can't get in",
  unscanned: "Not scanned yet",
  disabled: "Disabled",
  deleting: "Being deleted",
};

/** What needs a person first. */
export const healthOrder: readonly AccountHealth[] = [
  "unreachable",
  "gaps",
  "unscanned",
  "good",
  "disabled",
  "deleting",
];

const marks: Readonly<Record<AccountHealth, string>> = {
  good: "bg-done",
  gaps: "hatched border border-gap",
  unreachable: "bg-critical",
  unscanned: "border border-dotted border-edge",
  disabled: "border border-dashed border-edge",
  deleting: "border border-danger breathing",
};

export const healthWord = (health: AccountHealth): string => words[health];

/** How well an account can be seen: a mark with a form of its own, and a word. */
export function HealthMark({ health }: { health: AccountHealth }) {
  return (
    <span className="inline-flex items-center gap-2 text-13 whitespace-nowrap">
      <span aria-hidden className={cx("size-3 shrink-0 rounded-xs", marks[health])} />
      <span className={health === "unreachable" ? "text-danger" : "text-ink-soft"}>{words[health]}</span>
    </span>
  );
}
