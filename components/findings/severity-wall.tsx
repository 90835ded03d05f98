"use client";
import { cx } from "#components/ui/class-names.ts";
import { SeverityShape, severityWords } from "#components/ui/severity-mark.tsx";
import { type Severity, severities } from "#lib/checks/model.ts";

const blocks: Readonly<Record<Severity, string>> = {
  critical: "h-4 bg-critical",
  high: "h-3.5 bg-high",
  medium: "h-3 bg-medium",
  low: "h-2.5 bg-low",
  info: "h-2 bg-info",
};

/**
 * How findings spread over the severities: a wall whose blocks are as wide as their share (by its root, so that a
 * handful of criticals is still seen) and as high as they are grave. Each word filters by itself.
 */
export function SeverityWall({
  counts,
  chosen,
  hrefs,
  onChoose,
}: {
  counts: Record<Severity, number>;
  chosen: readonly Severity[];
  hrefs: Record<Severity, string>;
  /** Follows the link in place. */
  onChoose: (severity: Severity) => void;
}) {
  const present = severities.filter((severity) => counts[severity] > 0);
  return (
    <div>
      <div aria-hidden className="flex h-4 items-end gap-[3px] border-b border-line-strong">
        {present.map((severity) => (
          <span
            key={severity}
            className={cx(
              "min-w-2 transition-opacity duration-120",
              blocks[severity],
              chosen.length > 0 && !chosen.includes(severity) && "opacity-25",
            )}
            style={{ flexGrow: Math.sqrt(counts[severity]) }}
          />
        ))}
      </div>
      <ul className="mt-2 -ml-2 flex flex-wrap">
        {severities.map((severity) => (
          <li key={severity}>
            <a
              href={hrefs[severity]}
              onClick={(event) => {
                if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
                event.preventDefault();
                onChoose(severity);
              }}
              aria-current={chosen.includes(severity) ? "true" : undefined}
              className={cx(
                "flex h-8 items-center gap-1.5 rounded px-2 text-13 transition-colors duration-120 hover:bg-hover aria-[current=true]:bg-selected max-sm:h-10",
                counts[severity] === 0 && "text-ink-faint",
              )}
            >
              <SeverityShape severity={severity} className={counts[severity] === 0 ? "opacity-50" : ""} />
              <span className="font-[560]">{counts[severity].toLocaleString("en")}</span>
              <span className="text-ink-soft">{severityWords[severity]}</span>
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
