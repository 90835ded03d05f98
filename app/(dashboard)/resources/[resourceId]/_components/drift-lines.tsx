import { cx } from "#components/ui/class-names.ts";
import { visibleText } from "#components/ui/visible-text.ts";
import type { Drift, DriftLine } from "../drift.ts";

const words: Readonly<Record<DriftLine["kind"], string>> = {
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
          {line.before ? <Side side={line.before} sign="−" word="Before: " /> : null}
          {line.after ? <Side side={line.after} sign="+" word="After: " /> : null}
        </li>
      ))}
      {more ? (
        <li className="px-3 py-2 text-12 text-ink-faint">There are more differences than are shown.</li>
      ) : null}
    </ul>
  );
}

type SideView = NonNullable<DriftLine["before"]>;

const Side = ({ side, sign, word }: { side: SideView; sign: "−" | "+"; word: string }) => (
  <div
    className={cx(
      "mt-1 flex gap-2 rounded-xs border-l-2 px-2 py-1 font-mono text-12",
      sign === "+" ? "border-accent bg-accent-soft" : "border-edge bg-surface text-ink-soft",
    )}
  >
    <span aria-hidden className="select-none">
      {sign}
    </span>
    <span className="sr-only">{word}</span>
    <span className="grid min-w-0 flex-1 gap-0.5">
      {side.lines.map(({ path, text }) => (
        <bdi key={path} dir="ltr" className="min-w-0 break-words whitespace-pre-wrap">
          {path ? <span className="text-ink-soft">{visibleText(path)}: </span> : null}
          {visibleText(text)}
        </bdi>
      ))}
      {side.more > 0 ? <span className="text-ink-soft">and {side.more} more lines</span> : null}
    </span>
  </div>
);
