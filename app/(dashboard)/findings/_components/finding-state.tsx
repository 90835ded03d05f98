import { VerdictMark } from "#components/ui/verdict-mark.tsx";

/** Where a finding stands; one that can't be re-read is hatched, whatever it was. */
export function FindingState({
  finding,
}: {
  finding: { status: "open" | "resolved"; reopened: number; unverifiedSince: string | null };
}) {
  if (finding.status === "resolved") return <VerdictMark status="pass">Resolved</VerdictMark>;
  if (finding.unverifiedSince) return <VerdictMark status="unknown">Unverified</VerdictMark>;
  return <span className="text-ink-soft">{finding.reopened > 0 ? "Reopened" : "Open"}</span>;
}
