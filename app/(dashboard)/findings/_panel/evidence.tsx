import { cx } from "#components/ui/class-names.ts";
import { visibleText } from "#components/ui/visible-text.ts";
import type { JsonLine } from "./json-lines.ts";
import type { PanelView } from "./panel-view.ts";

/** The configuration as it was read, as text alone; the lines that prove the finding are marked. */
export function Evidence({ evidence }: { evidence: PanelView["evidence"] }) {
  return (
    <>
      <div className="overflow-hidden rounded border border-line bg-inset py-2 font-mono text-12 leading-5">
        {evidence.stretches.map((stretch) =>
          stretch.folded ? (
            <details key={stretch.lines[0]?.number} className="group">
              <summary className="flex h-7 list-none items-center gap-2 pr-3 pl-12 text-ink-faint hover:text-ink group-open:hidden">
                <span aria-hidden>⋯</span>
                {stretch.lines.length} lines
              </summary>
              <Lines lines={stretch.lines} />
            </details>
          ) : (
            <Lines key={stretch.lines[0]?.number} lines={stretch.lines} />
          ),
        )}
        {evidence.cut ? (
          <p className="px-3 pt-1 text-ink-faint">The rest is not shown: it is too long to read here.</p>
        ) : null}
      </div>
      {evidence.former.length > 0 ? (
        <div className="mt-3 text-13 text-ink-soft">
          <p>As it was when it was found:</p>
          <ul className="mt-1 grid gap-1 font-mono text-12">
            {evidence.former.map(({ path, value }) => (
              <li key={path}>
                <bdi>{visibleText(path)}</bdi> = <bdi>{visibleText(value.slice(0, 500))}</bdi>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </>
  );
}

const Lines = ({ lines }: { lines: readonly JsonLine[] }) =>
  lines.map(({ number, depth, text, proof }) => (
    <div
      key={number}
      className={cx(
        "flex border-l-2 pr-3",
        proof ? "border-critical bg-mark" : "border-transparent text-ink-soft",
      )}
    >
      <span
        aria-hidden
        className={cx(
          "w-10 shrink-0 pr-3 text-right select-none",
          proof ? "text-ink-soft" : "text-ink-faint",
        )}
      >
        {number}
      </span>
      <bdi
        dir="ltr"
        className="min-w-0 whitespace-pre-wrap"
        style={{ paddingLeft: `${Math.min(depth, 12) * 2}ch` }}
      >
        {proof ? <span className="sr-only">Proof: </span> : null}
        {visibleText(text)}
      </bdi>
    </div>
  ));
