"use client";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { showToast } from "#components/ui/toaster.tsx";
import type { PlanDetail } from "#db/remediation/model.ts";
import { DecidePlansDialog, type Decision } from "../../_decide/decide-plans-dialog.tsx";
import { cancelPlanAction, runPlanAction } from "../../actions.ts";
import { ConfirmAct } from "./confirm-act.tsx";
import { RollBackDialog } from "./roll-back-dialog.tsx";
import { SubmitPlan } from "./submit-plan.tsx";

type Asked = "cancel" | "run" | "rollBack";

/** What the reader can do with the plan as it stands; what they can't isn't shown. */
export function PlanActions({
  plan,
  now,
  onDone,
}: {
  plan: PlanDetail;
  now: string;
  onDone: () => Promise<void>;
}) {
  const [asked, setAsked] = useState<Asked>();
  const [decision, setDecision] = useState<Decision>();
  const { id, can, title, state } = plan;
  const close = () => setAsked(undefined);
  const wide = "max-sm:h-12 max-sm:flex-1";
  // Its window decides when it begins, whoever presses what.
  const runs = can.run && plan.waitsFor?.what !== "window";
  if (!Object.values(can).some(Boolean)) return null;
  return (
    <>
      {can.submit ? <SubmitPlan plan={plan} onDone={onDone} onCancel={() => setAsked("cancel")} /> : null}
      <div className="mt-4 flex flex-wrap gap-2.5 empty:hidden">
        {can.decide ? (
          <>
            <Button look="danger" className={wide} onClick={() => setDecision("reject")}>
              Reject
            </Button>
            <Button look="primary" className={wide} onClick={() => setDecision("approve")}>
              Approve
            </Button>
          </>
        ) : null}
        {runs ? (
          <Button look="primary" className={wide} onClick={() => setAsked("run")}>
            Run it now
          </Button>
        ) : null}
        {can.rollBack ? (
          <Button look="danger" className={wide} onClick={() => setAsked("rollBack")}>
            {state === "rollback_failed" ? "Try to roll back again" : "Roll back"}
          </Button>
        ) : null}
        {can.cancel && !can.submit ? (
          <Button className={wide} onClick={() => setAsked("cancel")}>
            {state === "draft" ? "Discard it" : "Cancel the plan"}
          </Button>
        ) : null}
      </div>
      <DecidePlansDialog
        plans={[{ ...plan, resource: plan.targets[0]?.name ?? "" }]}
        decision={decision}
        onClose={(decided) => {
          setDecision(undefined);
          if (!decided) return;
          showToast({ text: decided === "approve" ? "Approved." : "Rejected; whoever asked is told." });
          void onDone();
        }}
      />
      <ConfirmAct
        open={asked === "run"}
        title="Run this now?"
        verb="Run it"
        going="Starting…"
        keep="Not yet"
        act={() => runPlanAction(id)}
        onClose={close}
        onDone={onDone}
      >
        Each resource is read once more. Where it is still what was approved, its present state is kept and
        the calls are made; where it isn't, nothing is changed.
      </ConfirmAct>
      <ConfirmAct
        open={asked === "cancel"}
        title={state === "draft" ? "Discard this draft?" : "Cancel this plan?"}
        verb={state === "draft" ? "Discard it" : "Cancel the plan"}
        going="Cancelling…"
        keep="Keep it"
        isDanger
        act={() => cancelPlanAction(id)}
        onClose={close}
        onDone={onDone}
      >
        It has not begun, so nothing was changed and nothing will be. To do it after all, it has to be
        proposed again.
      </ConfirmAct>
      <RollBackDialog
        plan={plan}
        title={title}
        now={now}
        open={asked === "rollBack"}
        onClose={close}
        onDone={onDone}
      />
    </>
  );
}
