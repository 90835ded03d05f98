"use client";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { Button } from "#components/ui/button.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import type { TrialView } from "#db/trial/queries.ts";
import { removeTrialAction, startTrialAction } from "../actions.ts";

/** The sandbox on its way, or why it did not get anywhere. */
export function TrialProgress({ trial, mayManage }: { trial: TrialView; mayManage: boolean }) {
  const router = useRouter();
  const [problem, setProblem] = useState<string>();
  const [pending, begin] = useTransition();
  const act = (which: typeof startTrialAction | typeof removeTrialAction) =>
    begin(async () => {
      const answer = await which();
      setProblem(answer.ok ? undefined : answer.message);
      router.refresh();
    });
  const hasFailed = trial.state === "failed";
  return (
    <section
      aria-live="polite"
      className="grid justify-items-start gap-3 border-y border-line bg-surface px-4 py-5 sm:px-6"
    >
      <h2 className="flex items-center gap-2.5 text-16">
        {hasFailed ? null : <span aria-hidden className="size-2.5 breathing rounded-xs bg-accent" />}
        {hasFailed ? "The sandbox could not be started" : "Starting the sandbox cloud"}
      </h2>
      <p className="max-w-[68ch] text-14 text-pretty text-ink-soft">
        {hasFailed ? (
          <Untrusted text={trial.error ?? ""} limit={400} />
        ) : (
          "A worker starts it and connects its accounts. That takes seconds; then they are scanned."
        )}
      </p>
      {problem ? (
        <p role="alert" className="text-13 text-danger">
          {problem}
        </p>
      ) : null}
      {mayManage ? (
        <div className="flex flex-wrap gap-2">
          {hasFailed ? (
            <Button
              look="primary"
              aria-disabled={pending}
              onClick={() => (pending ? undefined : act(startTrialAction))}
            >
              Try again
            </Button>
          ) : null}
          <Button
            look="plain"
            aria-disabled={pending}
            onClick={() => (pending ? undefined : act(removeTrialAction))}
          >
            Never mind
          </Button>
        </div>
      ) : null}
    </section>
  );
}
