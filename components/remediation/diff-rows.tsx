"use client";
import { useMemo, useState } from "react";
import { cx } from "#components/ui/class-names.ts";
import { visibleText } from "#components/ui/visible-text.ts";
import { type DiffLine, type DiffPair, foldSame, pairLines, type Stretch } from "./line-diff.ts";

/** Lines as they are drawn: a pair beside each other, or one alone. */
type Row = { id: string; cells: readonly (DiffLine | null)[]; isSame: boolean };

export function DiffRows({
  lines,
  layout,
  names,
}: {
  lines: readonly DiffLine[];
  layout: "split" | "unified";
  names: readonly [string, string];
}) {
  const stretches = useMemo(() => {
    const rows = layout === "split" ? pairLines(lines).map(pairRow) : lines.map(lineRow);
    return foldSame(rows, ({ isSame }) => isSame);
  }, [lines, layout]);
  return (
    <div className="overflow-hidden rounded border border-line bg-inset font-mono text-12 leading-5">
      {layout === "split" ? (
        <div className="grid grid-cols-2 border-b border-line font-sans text-ink-faint">
          {names.map((name) => (
            <span key={name} className="border-line px-3 py-1 last:border-l">
              {name}
            </span>
          ))}
        </div>
      ) : null}
      {stretches.map((stretch) => (
        <StretchRows key={stretch.rows[0]?.id} stretch={stretch} split={layout === "split"} />
      ))}
    </div>
  );
}

function StretchRows({ stretch: { rows, hidden }, split }: { stretch: Stretch<Row>; split: boolean }) {
  const [open, setOpen] = useState(false);
  if (hidden && !open) {
    return (
      <button
        type="button"
        onClick={() => setOpen(true)}
        className="block w-full border-y border-line bg-surface px-3 py-1 text-left font-sans text-ink-faint first:border-t-0 last:border-b-0 hover:text-ink max-sm:min-h-10"
      >
        Show {rows.length} lines that stay as they are
      </button>
    );
  }
  return rows.map(({ id, cells }) => (
    <div key={id} className={split ? "grid grid-cols-2" : undefined}>
      {cells.map((line, at) => (
        <Cell key={at === 0 ? "before" : "after"} line={line} isRight={at === 1} />
      ))}
    </div>
  ));
}

const looks = {
  same: "text-ink-soft",
  removed: "bg-critical-soft text-ink",
  added: "bg-accent-soft text-ink",
} as const;
const signs = { same: " ", removed: "−", added: "+" } as const;
const words = { same: "", removed: "Removed: ", added: "Added: " } as const;

function Cell({ line, isRight }: { line: DiffLine | null; isRight: boolean }) {
  if (!line) return <div aria-hidden className={cx("bg-surface", isRight && "border-l border-line")} />;
  return (
    <div className={cx("flex min-w-0 gap-2 px-3", looks[line.kind], isRight && "border-l border-line")}>
      <span aria-hidden className="w-2 shrink-0 select-none">
        {signs[line.kind]}
      </span>
      {words[line.kind] ? <span className="sr-only">{words[line.kind]}</span> : null}
      <bdi dir="ltr" className="min-w-0 flex-1 break-words whitespace-pre-wrap">
        {visibleText(line.text.slice(0, 4_000)) || " "}
      </bdi>
    </div>
  );
}

const lineRow = (line: DiffLine): Row => ({
  id: `${line.before ?? ""}:${line.after ?? ""}`,
  cells: [line],
  isSame: line.kind === "same",
});

const pairRow = ({ before, after }: DiffPair): Row => ({
  id: `${before?.before ?? ""}:${after?.after ?? ""}`,
  cells: [before, after],
  isSame: before?.kind === "same",
});
