import { countOf, riskWords } from "#components/remediation/plan-words.ts";
import { Badge } from "#components/ui/badge.tsx";
import type { PlaybookView } from "#db/remediation/model.ts";

/** Risk, whether there is a way back, and who has to agree: what one weighs a playbook by. */
export function PlaybookFacts({
  playbook: { risk, approvals, irreversible },
}: {
  playbook: Pick<PlaybookView, "risk" | "approvals" | "irreversible">;
}) {
  return (
    <span className="flex flex-wrap gap-1.5">
      <Badge tone={risk === "high" ? "danger" : "neutral"}>{riskWords[risk]}</Badge>
      <Badge tone={irreversible.length > 0 ? "danger" : "neutral"}>
        {irreversible.length > 0 ? "Not all can be undone" : "Can be rolled back"}
      </Badge>
      <Badge>{approvals === 0 ? "No approval" : countOf(approvals, "approval")}</Badge>
    </span>
  );
}
