"use client";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { removeTrialAction } from "#app/(dashboard)/welcome/actions.ts";
import { Button } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/error-state.tsx";
import type { TrialView } from "#db/trial/queries.ts";

/** Says that some of the accounts are invented, and takes them away again at one click. */
export function TrialNotice({ trial, mayManage }: { trial: TrialView; mayManage: boolean }) {
  const router = useRouter();
  const [problem, setProblem] = useState<string>();
  const [pending, begin] = useTransition();
  const remove = () =>
    begin(async () => {
      const answer = await removeTrialAction();
      if (!answer.ok) return setProblem(answer.message);
      router.refresh();
    });
  const words = {
    running: `A sandbox cloud runs beside your own: ${trial.accounts} accounts of a company that doesn't exist, marked as sandbox.`,
    starting: "A sandbox cloud is wanted, and is not up at the moment. A worker starts it by itself.",
    failed: `The sandbox cloud could not be started. ${trial.error ?? ""}`,
  };
  return (
    <div className="max-w-4xl px-4 pb-5 sm:px-6">
      <Notice>
        <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2.5">
          <p className="min-w-0 flex-1 basis-80">{problem ?? words[trial.state]}</p>
          {mayManage ? (
            <Button size="sm" aria-disabled={pending} onClick={pending ? undefined : remove}>
              {pending ? "Removing…" : "Remove the sandbox"}
            </Button>
          ) : null}
        </div>
      </Notice>
    </div>
  );
}
