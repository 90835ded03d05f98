"use client";
import { OctagonPause } from "lucide-react";
import { useId, useState, useTransition } from "react";
import { Button } from "#components/ui/button.tsx";
import { cx } from "#components/ui/class-names.ts";
import { Field, Textarea } from "#components/ui/field.tsx";
import { FormDialog } from "#components/ui/form-dialog.tsx";
import { Time } from "#components/ui/time.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import { UntrustedLines } from "#components/ui/untrusted-lines.tsx";
import { visibleText } from "#components/ui/visible-text.ts";
import type { RemediationSettings } from "#db/remediation/model.ts";
import { setFreezeAction } from "../actions.ts";

const leastReason = 3;

/** Stops everything, or lets it go on; says by whom, when and why. */
export function FreezeSwitch({
  freeze,
  now,
  may,
}: {
  freeze: RemediationSettings["freeze"];
  now: string;
  may: boolean;
}) {
  const [asking, setAsking] = useState(false);
  const frozen = freeze !== null;
  return (
    <section
      aria-label="Freeze"
      className={cx(
        "mt-6 flex overflow-hidden rounded border",
        frozen ? "border-danger bg-critical-soft" : "border-line-strong bg-surface",
      )}
    >
      <div className="flex min-w-0 flex-1 flex-wrap items-center justify-between gap-x-6 gap-y-3 px-4 py-4 sm:px-5">
        <div className="flex min-w-0 flex-1 basis-64 gap-3">
          <OctagonPause
            aria-hidden
            strokeWidth={1.6}
            className={cx("mt-0.5 size-5 shrink-0", frozen ? "text-danger" : "text-ink-faint")}
          />
          <div className="min-w-0">
            <h2 className="text-16">{frozen ? "All changes are frozen" : "Changes may be made"}</h2>
            {freeze ? (
              <>
                <p className="mt-0.5 text-13 text-pretty">
                  <Untrusted text={freeze.by?.name ?? "Somebody"} limit={80} className="font-[540]" /> froze
                  them <Time at={freeze.at} now={now} />. Nothing begins in any account until it is lifted;
                  what is at a provider already ends. Rolling back stays possible.
                </p>
                {freeze.reason ? (
                  <blockquote className="mt-1.5 border-l-2 border-danger pl-3 text-13 text-pretty">
                    <UntrustedLines text={freeze.reason} />
                  </blockquote>
                ) : null}
              </>
            ) : (
              <p className="mt-0.5 max-w-[60ch] text-13 text-pretty text-ink-soft">
                A freeze stops every fix in every account at its next step, also approved ones. Plans can
                still be proposed, decided on and rolled back.
                {may ? "" : " The CISO, managers and administrators can freeze."}
              </p>
            )}
          </div>
        </div>
        {may ? (
          <Button look={frozen ? "quiet" : "danger"} onClick={() => setAsking(true)}>
            {frozen ? "Lift the freeze" : "Freeze all changes"}
          </Button>
        ) : null}
      </div>
      {asking ? <FreezeDialog frozen={frozen} onClose={() => setAsking(false)} /> : null}
    </section>
  );
}

function FreezeDialog({ frozen, onClose }: { frozen: boolean; onClose: () => void }) {
  const id = useId();
  const [reason, setReason] = useState("");
  const [problem, setProblem] = useState<string>();
  const [pending, start] = useTransition();
  const submit = () => {
    if (reason.trim().length < leastReason) {
      setProblem("Say why, in three characters or more.");
      document.getElementById(`${id}reason`)?.focus();
      return;
    }
    start(async () => {
      const result = await setFreezeAction(!frozen, reason.trim());
      if (result.ok) onClose();
      else setProblem(visibleText(result.message));
    });
  };
  return (
    <FormDialog
      onClose={onClose}
      title={frozen ? "Lift the freeze?" : "Freeze all changes?"}
      onSubmit={submit}
      action={
        frozen ? (pending ? "Lifting…" : "Lift the freeze") : pending ? "Freezing…" : "Freeze all changes"
      }
      look={frozen ? "primary" : "danger"}
      pending={pending}
    >
      <p className="text-14 text-pretty text-ink-soft">
        {frozen
          ? "Approved plans that begin by themselves do so at once, as far as their change windows are open and their time isn't over."
          : "No fix begins, and none under way takes its next step, in any account. Everybody sees this and your reason."}
      </p>
      <Field label="Reason" htmlFor={`${id}reason`} problem={problem}>
        <Textarea
          id={`${id}reason`}
          data-autofocus
          required
          maxLength={2_000}
          value={reason}
          aria-invalid={problem ? true : undefined}
          aria-describedby={problem ? `${id}reason-problem` : undefined}
          onChange={({ target }) => {
            setReason(target.value);
            setProblem(undefined);
          }}
        />
      </Field>
    </FormDialog>
  );
}
