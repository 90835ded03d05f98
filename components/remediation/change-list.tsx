"use client";
import { useMemo } from "react";
import { cx } from "#components/ui/class-names.ts";
import { visibleText } from "#components/ui/visible-text.ts";
import type { Json } from "#lib/remediation/model.ts";
import { type ChangeLine, listChanges, type Side } from "./changes.ts";

const words: Readonly<Record<ChangeLine["kind"], string>> = {
  changed: "changes",
  added: "is added",
  removed: "is removed",
  reordered: "in another order",
  unread: "",
  read: "",
};

/** What becomes different, thing by thing: where, what it is, what it will be. */
export function ChangeList({ before, after, label }: { before: Json; after: Json; label: string }) {
  const { lines, more } = useMemo(() => listChanges(before, after), [before, after]);
  if (lines.length === 0) return <p className="text-13 text-ink-soft">The two are the same.</p>;
  return (
    <ul aria-label={label} className="overflow-hidden rounded border border-line bg-inset">
      {lines.map((line) => (
        <li key={line.id} className="border-b border-line px-3 py-2 last:border-0">
          <p className="flex flex-wrap items-baseline gap-x-2 text-12">
            <bdi className="font-mono break-words">{visibleText(line.path)}</bdi>
            <span className="text-ink-faint">{words[line.kind]}</span>
          </p>
          {line.before ? <Lines side={line.before} sign="−" word="Before: " /> : null}
          {line.after ? <Lines side={line.after} sign="+" word="After: " /> : null}
        </li>
      ))}
      {more ? (
        <li className="px-3 py-2 text-12 text-ink-faint">There are more differences than are listed.</li>
      ) : null}
    </ul>
  );
}

const Lines = ({ side, sign, word }: { side: Side; sign: "−" | "+"; word: string }) => (
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
