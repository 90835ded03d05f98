"use client";
import { useId, useState, useTransition } from "react";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field, Textarea } from "#components/ui/field.tsx";
import { FormDialog } from "#components/ui/form-dialog.tsx";
import { Time } from "#components/ui/time.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import { UntrustedLines } from "#components/ui/untrusted-lines.tsx";
import type { AuditHold } from "#db/audit/keeping.ts";
import { liftHoldAction } from "../actions.ts";
import { sayStretch } from "../stretch.ts";
import { HoldDialog } from "./hold-dialog.tsx";

/** Legal holds, those in force first. */
export function Holds({ holds, may, now }: { holds: readonly AuditHold[]; may: boolean; now: string }) {
  const [placing, setPlacing] = useState(false);
  const [lifted, setLifted] = useState<AuditHold>();
  return (
    <div className="max-w-3xl">
      {holds.length === 0 ? (
        <p className="border-y border-line py-4 text-14 text-ink-soft">There has been none.</p>
      ) : (
        <ul className="border-t border-line">
          {holds.map((hold) => (
            <li
              key={hold.id}
              className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 border-b border-line py-3"
            >
              <div className="min-w-0 flex-1 basis-64">
                <p className="flex flex-wrap items-center gap-2 text-14">
                  <Untrusted text={hold.name} limit={120} className="font-[540]" />
                  {hold.lifted ? <Badge>Lifted</Badge> : <Badge tone="accent">In force</Badge>}
                </p>
                <p className="mt-0.5 text-13 text-ink-soft">
                  Covers {sayStretch(hold.from, hold.to)}. Placed by{" "}
                  <Untrusted text={hold.placedBy} limit={80} /> <Time at={hold.placedAt} now={now} />
                  {hold.lifted ? (
                    <>
                      , lifted by <Untrusted text={hold.lifted.by} limit={80} />{" "}
                      <Time at={hold.lifted.at} now={now} />
                    </>
                  ) : null}
                  .
                </p>
                <div className="mt-1 text-13 text-pretty">
                  <UntrustedLines text={hold.reason} />
                </div>
              </div>
              {may && !hold.lifted ? (
                <Button size="sm" aria-label={`Lift ${hold.name}`} onClick={() => setLifted(hold)}>
                  Lift
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
      )}
      {may ? (
        <Button className="mt-4" onClick={() => setPlacing(true)}>
          Place a legal hold
        </Button>
      ) : null}
      {placing ? <HoldDialog onClose={() => setPlacing(false)} /> : null}
      {lifted ? <LiftDialog hold={lifted} onClose={() => setLifted(undefined)} /> : null}
    </div>
  );
}

function LiftDialog({ hold, onClose }: { hold: AuditHold; onClose: () => void }) {
  const id = useId();
  const [reason, setReason] = useState("");
  const [problem, setProblem] = useState<string>();
  const [pending, start] = useTransition();
  const submit = () => {
    if (reason.trim().length < 3) return setProblem("Say why, in three characters or more.");
    start(async () => {
      const result = await liftHoldAction(hold.id, reason.trim());
      if (result.ok) onClose();
      else setProblem(result.message);
    });
  };
  return (
    <FormDialog
      onClose={onClose}
      title="Lift the legal hold?"
      onSubmit={submit}
      action={pending ? "Lifting…" : "Lift it"}
      cancel="Keep it"
      look="danger"
      pending={pending}
    >
      <p className="text-14 text-pretty text-ink-soft">
        What only <Untrusted text={hold.name} limit={120} className="font-[540] text-ink" /> kept is archived
        and leaves the database at the next daily run, and people in it can be erased again.
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
