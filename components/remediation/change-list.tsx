"use client";
import { useMemo } from "react";
import type { DiffLine } from "#components/diff/diff-lines.ts";
import { DiffSideLines } from "#components/diff/diff-side.tsx";
import { visibleText } from "#components/ui/visible-text.ts";
import type { Json } from "#lib/remediation/model.ts";
import { listChanges } from "./changes.ts";

const words: Readonly<Record<DiffLine["kind"], string>> = {
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
            {isShort(line) ? null : <span className="text-ink-faint">{words[line.kind]}</span>}
          </p>
          {isShort(line) ? (
            <Short before={line.before.lines[0].text} after={line.after.lines[0].text} />
          ) : (
            <>
              {line.before ? <DiffSideLines side={line.before} sign="−" word="Before: " /> : null}
              {line.after ? <DiffSideLines side={line.after} sign="+" word="After: " /> : null}
            </>
          )}
        </li>
      ))}
      {more ? (
        <li className="px-3 py-2 text-12 text-ink-faint">There are more differences than are listed.</li>
      ) : null}
    </ul>
  );
}

type ShortSide = { lines: [{ path: string; text: string }] };

/** Whether a plain value becomes another, and both fit into one line. */
const isShort = (line: DiffLine): line is DiffLine & { before: ShortSide; after: ShortSide } =>
  [line.before, line.after].every((side) => {
    const [only, ...others] = side?.lines ?? [];
    return only?.path === "" && others.length === 0 && only.text.length <= 24;
  });

const Short = ({ before, after }: { before: string; after: string }) => (
  <p className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1 font-mono text-12">
    <span className="sr-only">Before: </span>
    <bdi className="rounded-xs bg-surface px-1.5 py-0.5 text-ink-soft">{visibleText(before)}</bdi>
    <span aria-hidden className="text-ink-faint">
      →
    </span>
    <span className="sr-only">After: </span>
    <bdi className="rounded-xs bg-accent-soft px-1.5 py-0.5">{visibleText(after)}</bdi>
  </p>
);
