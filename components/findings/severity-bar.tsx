import { severityWords } from "#components/ui/severity-mark.tsx";
import { type Severity, severities } from "#lib/checks/model.ts";

const looks: Readonly<Record<Severity, string>> = {
  critical: "bg-critical",
  high: "bg-high",
  medium: "bg-medium",
  low: "bg-low",
  info: "bg-info",
};

/** How many findings of each severity, as shares of a bar; its figures are in its name. */
export function SeverityBar({ counts }: { counts: Record<Severity, number> }) {
  const present = severities.filter((severity) => counts[severity] > 0);
  const said = present
    .map((severity) => `${counts[severity].toLocaleString("en")} ${severityWords[severity].toLowerCase()}`)
    .join(", ");
  return (
    <span role="img" aria-label={said || "none"} title={said} className="flex h-2 w-full gap-px">
      {present.map((severity) => (
        <span
          key={severity}
          className={`min-w-1 rounded-[1px] ${looks[severity]}`}
          style={{ flexGrow: Math.sqrt(counts[severity]) }}
        />
      ))}
    </span>
  );
}
