import type { ImportCounts } from "#db/imports/model.ts";
import { outcomes } from "../say-import.ts";

export const outcomeLooks: Readonly<Record<(typeof outcomes)[number]["name"], string>> = {
  created: "h-full bg-accent",
  updated: "h-full bg-low",
  unchanged: "h-full bg-done",
  duplicates: "h-1/2 border border-b-0 border-edge bg-inset",
  rejected: "h-full hatched border border-gap",
};

/** What became of an import's rows, as shares of them. */
export function OutcomeBar({ counts }: { counts: ImportCounts }) {
  const present = outcomes.filter(({ name }) => counts[name] > 0);
  const words = present.map(({ name, word }) => `${word}: ${counts[name].toLocaleString("en")}`);
  return (
    <span
      role="img"
      aria-label={words.join(", ") || "No rows"}
      title={words.join(", ")}
      className="flex h-3 w-full items-end gap-px border-b border-line-strong"
    >
      {present.map(({ name }) => (
        <span key={name} className={`min-w-1 ${outcomeLooks[name]}`} style={{ flexGrow: counts[name] }} />
      ))}
    </span>
  );
}
