"use client";
import { useState, useTransition } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field, Textarea } from "#components/ui/field.tsx";
import { showToast } from "#components/ui/toaster.tsx";
import { decideAction } from "../actions.ts";
import { dayOf } from "../say-day.ts";
import type { ApprovalView } from "../view-approval.ts";

export type Decision = "grant" | "reject";

/** Asks for a note, which a rejection needs, and decides on one request or on several alike. */
export function DecideDialog({
  requests,
  decision,
  onClose,
}: {
  requests: readonly ApprovalView[];
  /** Undefined while it is closed. */
  decision: Decision | undefined;
  onClose: (isDone: boolean) => void;
}) {
  const [note, setNote] = useState("");
  const [problem, setProblem] = useState<string>();
  const [pending, start] = useTransition();
  const isGrant = decision === "grant";
  const close = (isDone: boolean) => {
    setNote("");
    setProblem(undefined);
    onClose(isDone);
  };
  const decide = () =>
    start(async () => {
      if (!decision) return;
      const seen = requests.map(({ id, revision }) => ({ exceptionId: id, revision }));
      const result = await decideAction(seen, decision, note);
      if (!result.ok) return setProblem(result.fields.note ?? result.message);
      const { decided, problems } = result.value;
      showToast({ text: sayDone(decision, decided) });
      for (const text of problems) showToast({ text, tone: "danger" });
      close(true);
    });
  const verb = isGrant ? "Grant" : "Reject";
  const many = requests.length === 1 ? "" : ` ${requests.length}`;
  return (
    <Dialog
      open={decision !== undefined}
      onClose={() => close(false)}
      title={requests.length === 1 ? `${verb} this request?` : `${verb} these ${requests.length} requests?`}
      footer={
        <>
          <Button className="max-sm:h-12 max-sm:flex-1" onClick={() => close(false)}>
            Not yet
          </Button>
          <Button
            type="submit"
            form="decide"
            look={isGrant ? "primary" : "danger"}
            aria-disabled={pending}
            className="max-sm:h-12 max-sm:flex-1"
          >
            {pending ? "Deciding…" : `${verb}${many}`}
          </Button>
        </>
      }
    >
      <form
        id="decide"
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (!pending) decide();
        }}
      >
        <p className="text-14 text-pretty text-ink-soft">{sayMeaning(requests, isGrant)}</p>
        <Field
          label={isGrant ? "A note, if you like" : "Why not"}
          htmlFor="decision-note"
          hint={isGrant ? undefined : "Whoever asked reads it."}
          problem={problem}
        >
          <Textarea
            id="decision-note"
            value={note}
            maxLength={2_000}
            required={!isGrant}
            aria-invalid={problem !== undefined}
            onChange={({ target }) => setNote(target.value)}
          />
        </Field>
      </form>
    </Dialog>
  );
}

const countOf = (count: number, one: string) =>
  `${count.toLocaleString("en")} ${one}${count === 1 ? "" : "s"}`;

function sayMeaning(requests: readonly ApprovalView[], isGrant: boolean): string {
  const open = requests.reduce((sum, each) => sum + each.open, 0);
  if (!isGrant)
    return `${countOf(open, "finding")} ${open === 1 ? "stays" : "stay"} open, and whoever asked is told.`;
  const [first, ...others] = requests.map(({ until }) => until).sort();
  const last = others.at(-1);
  const when =
    !last || dayOf(first ?? last) === dayOf(last)
      ? `on ${dayOf(first ?? "")}`
      : `between ${dayOf(first ?? last)} and ${dayOf(last)}`;
  return `${countOf(open, "finding")} ${open === 1 ? "is" : "are"} taken out of what is open, and ${open === 1 ? "comes" : "come"} back by ${open === 1 ? "itself" : "themselves"} ${when}. What is fixed until then stays fixed.`;
}

function sayDone(decision: Decision, decided: number): string {
  const done = decision === "grant" ? "granted" : "rejected";
  return `${countOf(decided, "request")} ${done}; whoever asked is told.`;
}
