import { SeverityShape, severityWords } from "#components/ui/severity-mark.tsx";
import type { Severity } from "#lib/checks/model.ts";

const shown = ["critical", "high", "medium", "low"] as const satisfies readonly Severity[];

/** Open findings by severity in columns, so that accounts beneath one another compare. */
export function FindingCounts({ findings }: { findings: Readonly<Record<Severity, number>> }) {
  return (
    <span className="inline-grid grid-cols-4 gap-x-1 text-13">
      {shown.map((severity) => (
        <span
          key={severity}
          className="flex w-14 items-center justify-end gap-1.5"
          title={`${findings[severity].toLocaleString("en")} ${severityWords[severity].toLowerCase()}`}
        >
          {findings[severity] > 0 ? <SeverityShape severity={severity} className="size-2.5" /> : null}
          <span className={findings[severity] > 0 ? "" : "text-ink-faint"}>
            {findings[severity].toLocaleString("en")}
          </span>
          <span className="sr-only"> {severityWords[severity].toLowerCase()}</span>
        </span>
      ))}
    </span>
  );
}

/** The worst there is, for where there is no room for all. */
export function WorstFindings({ findings }: { findings: Readonly<Record<Severity, number>> }) {
  const worst = shown.find((severity) => findings[severity] > 0);
  if (!worst) return <span className="text-13 text-ink-faint">none open</span>;
  return (
    <span className="inline-flex items-center gap-1.5 text-13 whitespace-nowrap">
      <SeverityShape severity={worst} className="size-2.5" />
      {findings[worst].toLocaleString("en")} {severityWords[worst].toLowerCase()}
    </span>
  );
}
