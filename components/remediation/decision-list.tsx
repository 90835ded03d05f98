import { Time } from "#components/ui/time.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import type { PlanSummary } from "#db/remediation/model.ts";
import { LongText } from "./long-text.tsx";

/** Who decided what, and why. */
export function DecisionList({
  plan: { decisions, autoApproval },
  now,
}: {
  plan: Pick<PlanSummary, "decisions" | "autoApproval">;
  now: string;
}) {
  if (autoApproval) return <p>Approved by a standing rule, without anybody's decision.</p>;
  return (
    <ul className="grid gap-2">
      {decisions.map(({ by, decision, reason, at }) => (
        <li key={by.id}>
          <Untrusted text={by.name} limit={80} /> {decision === "approve" ? "approved" : "rejected"}
          <span className="text-ink-faint">
            , <Time at={at} now={now} />
          </span>
          {reason ? (
            <span className="mt-0.5 block text-ink-soft">
              <LongText text={reason} />
            </span>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
