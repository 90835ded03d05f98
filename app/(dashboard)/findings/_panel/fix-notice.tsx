"use client";
import type { Route } from "next";
import { PlanShape } from "#components/remediation/plan-state.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/error-state.tsx";
import { Time } from "#components/ui/time.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import type { FindingFix } from "#db/remediation/model.ts";
import { sayFix } from "../../_propose/say-fix.ts";
import { useWorkbench } from "../_state/context.ts";

/** Where the finding's fix stands, and the way to its plan. */
export function FixNotice({ fix }: { fix: FindingFix }) {
  const { now } = useWorkbench();
  return (
    <Notice>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <div className="flex min-w-0 flex-1 basis-48 gap-2.5">
          <PlanShape state={fix.state} className="mt-[3px]" />
          <div className="min-w-0">
            <p className="text-pretty text-ink">{sayFix(fix.state)}</p>
            <p className="text-pretty">
              <Untrusted text={fix.title} limit={120} />, proposed by{" "}
              <Untrusted text={fix.requestedBy.name} limit={80} /> <Time at={fix.requestedAt} now={now} />
            </p>
          </div>
        </div>
        <LinkButton size="sm" href={`/remediation/${fix.id}` as Route}>
          {fix.state === "draft" ? "Look at it, send it" : "See the plan"}
        </LinkButton>
      </div>
    </Notice>
  );
}
