import { cx } from "#components/ui/class-names.ts";
import { visibleText } from "#components/ui/visible-text.ts";
import type { DiffSide } from "./diff-lines.ts";

type Props = { side: DiffSide; sign: "−" | "+"; word: string };

/** What was there, or is there now, line by line. */
export const DiffSideLines = ({ side, sign, word }: Props) => (
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
