import type { DiffLine } from "#components/diff/diff-lines.ts";
import { DiffSideLines } from "#components/diff/diff-side.tsx";
import { visibleText } from "#components/ui/visible-text.ts";
import type { Drift } from "../drift.ts";

const words: Readonly<Record<DiffLine["kind"], string>> = {
  changed: "",
  added: "added",
  removed: "removed",
  unread: "could not be read any more",
  read: "can be read again",
  reordered: "in another order",
};

/** Differences one by one: where, what it was, what it is. */
export function DriftLines({ drift: { lines, more } }: { drift: Drift }) {
  if (lines.length === 0) return <p className="mt-2 text-13 text-ink-soft">The two are the same.</p>;
  return (
    <ul aria-label="Differences" className="mt-2 overflow-hidden rounded border border-line bg-inset">
      {lines.map((line) => (
        <li key={line.id} className="border-b border-line px-3 py-2 last:border-0">
          <p className="flex flex-wrap items-baseline gap-x-2 text-12">
            <bdi className="font-mono break-all">{visibleText(line.path)}</bdi>
            <span className="text-ink-faint">{words[line.kind]}</span>
            {line.kind === "unread" || line.kind === "read" ? (
              <span aria-hidden className="hatched size-3 rounded-xs border border-gap" />
            ) : null}
          </p>
          {line.before ? <DiffSideLines side={line.before} sign="−" word="Before: " /> : null}
          {line.after ? <DiffSideLines side={line.after} sign="+" word="After: " /> : null}
        </li>
      ))}
      {more ? (
        <li className="px-3 py-2 text-12 text-ink-faint">There are more differences than are shown.</li>
      ) : null}
    </ul>
  );
}
