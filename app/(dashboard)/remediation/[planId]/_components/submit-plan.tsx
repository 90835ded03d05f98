"use client";
import { useState, useTransition } from "react";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/field.tsx";
import type { PlanDetail } from "#db/remediation/model.ts";
import { submitPlanAction } from "../../actions.ts";

/** Sends a planned draft to whoever decides; from then on it can't be changed. */
export function SubmitPlan({
  plan,
  onDone,
  onCancel,
}: {
  plan: PlanDetail;
  onDone: () => Promise<void>;
  onCancel: () => void;
}) {
  const [runs, setRuns] = useState(plan.runWhenApproved);
  const [problem, setProblem] = useState<string>();
  const [pending, start] = useTransition();
  const needs = plan.approvalsNeeded;
  const submit = () =>
    start(async () => {
      const result = await submitPlanAction(plan.id, plan.revision, runs);
      setProblem(result.ok ? undefined : result.message);
      await onDone();
    });
  const shape = "max-sm:h-12 max-sm:flex-1";
  return (
    <div className="mt-4 grid max-w-2xl gap-2">
      <Checkbox checked={runs} onChange={({ target }) => setRuns(target.checked)}>
        Begin by itself once it is approved
      </Checkbox>
      <div className="flex flex-wrap gap-2.5">
        <Button
          look="primary"
          className={shape}
          aria-disabled={pending}
          onClick={() => (pending ? undefined : submit())}
        >
          {pending ? "Sending…" : needs === 0 ? "Approve by rule" : "Send for approval"}
        </Button>
        <Button className={shape} onClick={onCancel}>
          Discard it
        </Button>
      </div>
      {problem ? (
        <p role="alert" className="text-14 text-pretty text-danger">
          {problem}
        </p>
      ) : needs > 1 ? (
        <p className="text-13 text-ink-faint">{needs} people other than you have to approve it.</p>
      ) : null}
    </div>
  );
}
