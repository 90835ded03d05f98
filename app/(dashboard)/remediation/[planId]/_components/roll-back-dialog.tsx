"use client";
import { useState, useTransition } from "react";
import { countOf } from "#components/remediation/plan-words.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field, Textarea } from "#components/ui/field.tsx";
import { Time } from "#components/ui/time.tsx";
import { MiddleCut } from "#components/ui/untrusted.tsx";
import { visibleText } from "#components/ui/visible-text.ts";
import type { PlanDetail } from "#db/remediation/model.ts";
import { rollBackPlanAction } from "../../actions.ts";
import { whatRestores } from "../timeline.ts";

const shown = 5;

/** Says what comes back and what can't, and asks why. */
export function RollBackDialog({
  plan,
  title,
  now,
  open,
  onClose,
  onDone,
}: {
  plan: PlanDetail;
  title: string;
  now: string;
  open: boolean;
  onClose: () => void;
  onDone: () => Promise<void>;
}) {
  const [reason, setReason] = useState("");
  const [problem, setProblem] = useState<string>();
  const [pending, start] = useTransition();
  const close = () => {
    setReason("");
    setProblem(undefined);
    onClose();
  };
  const rollBack = () =>
    start(async () => {
      const result = await rollBackPlanAction(plan.id, reason);
      void onDone();
      if (result.ok) close();
      else setProblem(result.fields.reason ?? result.message);
    });
  const { resources, cannot } = whatRestores(plan);
  const rest = resources.length - shown;
  const shape = "max-sm:h-12 max-sm:flex-1";
  return (
    <Dialog
      open={open}
      onClose={close}
      title={`Roll back ${countOf(resources.length, "resource")}?`}
      footer={
        <>
          <Button className={shape} onClick={close}>
            Keep the fix
          </Button>
          <Button type="submit" form="roll-back" look="danger" className={shape} aria-disabled={pending}>
            {pending ? "Beginning…" : "Roll back"}
          </Button>
        </>
      }
    >
      <form
        id="roll-back"
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (!pending) rollBack();
        }}
      >
        <div className="grid gap-2 text-14 text-pretty text-ink-soft">
          <p>
            What "{visibleText(title.slice(0, 120))}" changed
            {plan.finishedAt ? (
              <>
                {" "}
                <Time at={plan.finishedAt} now={now} />
              </>
            ) : null}{" "}
            goes back to what was kept before it. The findings that it resolved will be open again.
          </p>
          <ul aria-label="What is restored" className="grid gap-0.5 text-13 text-ink">
            {resources.slice(0, shown).map(({ id, name, uid }) => (
              <li key={id} className="flex min-w-0">
                <MiddleCut text={name.trim() || uid} />
              </li>
            ))}
            {rest > 0 ? <li className="text-ink-faint">and {rest.toLocaleString("en")} more</li> : null}
          </ul>
          <p>A resource that somebody has changed since the fix is left as it is, and you are told.</p>
        </div>
        {cannot.length > 0 ? (
          <div className="rounded bg-critical-soft px-3.5 py-2.5 text-13">
            <p className="font-[540]">This can't be undone:</p>
            <ul className="mt-1 grid list-disc gap-1 pl-4">
              {cannot.map((sentence) => (
                <li key={sentence} className="text-pretty">
                  {visibleText(sentence)}
                </li>
              ))}
            </ul>
          </div>
        ) : null}
        <Field label="Why" htmlFor="roll-back-reason" hint="It is kept with the plan." problem={problem}>
          <Textarea
            id="roll-back-reason"
            data-autofocus
            value={reason}
            maxLength={2_000}
            required
            aria-invalid={problem !== undefined}
            aria-describedby={problem ? "roll-back-reason-problem" : undefined}
            onChange={({ target }) => setReason(target.value)}
          />
        </Field>
      </form>
    </Dialog>
  );
}
