"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useState, useTransition } from "react";
import { useLocally } from "#components/remediation/local-time.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field, Textarea } from "#components/ui/field.tsx";
import { MiddleCut, Untrusted } from "#components/ui/untrusted.tsx";
import type { PlanSummary } from "#db/remediation/model.ts";
import { liveKeys } from "../../../_shell/query-keys.ts";
import { decidePlansAction } from "../actions.ts";
import { sayMeaning } from "./say-meaning.ts";

/** So many are named; the others are counted. */
const mostNamed = 3;

export type Decision = "approve" | "reject";

/** With the name of its first resource. */
type DecidedPlan = PlanSummary & { resource: string };

/** Asks for a reason, which a rejection needs, and decides on one plan or on several alike: on all of them, or on none. */
export function DecidePlansDialog({
  plans,
  decision,
  onClose,
}: {
  plans: readonly DecidedPlan[];
  /** Undefined while it is closed. */
  decision: Decision | undefined;
  onClose: (decided: Decision | null) => void;
}) {
  const client = useQueryClient();
  const [reason, setReason] = useState("");
  const [problem, setProblem] = useState<string>();
  const [pending, start] = useTransition();
  const expires = useLocally(plans.map(({ expiresAt }) => expiresAt ?? "").sort()[0]);
  const isApproval = decision === "approve";
  const close = (decided: Decision | null) => {
    setReason("");
    setProblem(undefined);
    onClose(decided);
  };
  const decide = () =>
    start(async () => {
      if (!decision) return;
      const seen = plans.map(({ id, hash }) => ({ planId: id, hash: hash ?? "" }));
      const result = await decidePlansAction(seen, decision, reason);
      void client.invalidateQueries({ queryKey: liveKeys.all });
      if (!result.ok) return setProblem(result.fields.reason ?? result.message);
      close(decision);
    });
  const verb = isApproval ? "Approve" : "Reject";
  const many = plans.length === 1 ? "" : ` ${plans.length}`;
  return (
    <Dialog
      open={decision !== undefined}
      onClose={() => close(null)}
      title={plans.length === 1 ? `${verb} this fix?` : `${verb} these ${plans.length} fixes?`}
      footer={
        <>
          <Button className="max-sm:h-12 max-sm:flex-1" onClick={() => close(null)}>
            Not yet
          </Button>
          <Button
            type="submit"
            form="decide-plans"
            look={isApproval ? "primary" : "danger"}
            aria-disabled={pending}
            className="max-sm:h-12 max-sm:flex-1"
          >
            {pending ? "Deciding…" : `${verb}${many}`}
          </Button>
        </>
      }
    >
      <form
        id="decide-plans"
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (!pending) decide();
        }}
      >
        <ul className="grid gap-1.5">
          {plans.slice(0, mostNamed).map(({ id, title, resource, resources }) => (
            <li key={id} className="grid text-14">
              <span className="font-[540]">
                <Untrusted text={title} limit={160} />
              </span>
              <span className="flex min-w-0 gap-1.5 text-13 text-ink-soft">
                <MiddleCut text={resource} />
                {resources > 1 ? (
                  <span className="shrink-0">and {(resources - 1).toLocaleString("en")} more</span>
                ) : null}
              </span>
            </li>
          ))}
          {plans.length > mostNamed ? (
            <li className="text-13 text-ink-faint">and {plans.length - mostNamed} more like these</li>
          ) : null}
        </ul>
        <p className="text-14 text-pretty text-ink-soft">{sayMeaning(plans, isApproval, expires)}</p>
        <Field
          label={isApproval ? "A note, if you like" : "Why not"}
          htmlFor="decide-reason"
          hint={isApproval ? undefined : "Whoever asked reads it."}
          problem={problem}
        >
          <Textarea
            id="decide-reason"
            value={reason}
            maxLength={2_000}
            required={!isApproval}
            aria-invalid={problem !== undefined}
            aria-describedby={problem ? "decide-reason-problem" : undefined}
            onChange={({ target }) => setReason(target.value)}
          />
        </Field>
      </form>
    </Dialog>
  );
}
