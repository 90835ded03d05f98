"use client";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { Button } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/error-state.tsx";
import { startTrialAction } from "../actions.ts";

/** What the sandbox is, and the button that starts it; or, plainly, why it can't be had here. */
export function StartTrial({ whyNot, seals }: { whyNot: string | null; seals: boolean }) {
  const router = useRouter();
  const [problem, setProblem] = useState<string>();
  const [pending, begin] = useTransition();
  const start = () =>
    begin(async () => {
      const answer = await startTrialAction();
      if (!answer.ok) return setProblem(answer.message);
      router.refresh();
    });
  if (whyNot) {
    return (
      <Notice tone="gap">
        <p className="text-14 text-ink">This deployment can't have a sandbox.</p>
        <p className="mt-1 text-14">{whyNot}</p>
      </Notice>
    );
  }
  return (
    <div className="grid justify-items-start gap-4">
      <p className="max-w-[64ch] text-14 text-pretty text-ink-soft">
        Parapet starts a simulated cloud on this machine, which answers on the loopback interface alone, and
        connects the accounts of Acme, a payments company that doesn't exist. They are marked as sandbox
        wherever they show. Removing it takes them and all that was found in them away again, and touches
        nothing else.
      </p>
      {seals ? null : (
        <Notice tone="gap">
          Its Azure is left out: PARAPET_SECRET_KEYS is not set, so there is no key to seal its secret with.
        </Notice>
      )}
      {problem ? (
        <p role="alert" className="rounded bg-critical-soft px-3 py-2.5 text-14">
          {problem}
        </p>
      ) : null}
      <Button look="primary" aria-disabled={pending} onClick={pending ? undefined : start}>
        {pending ? "Starting…" : "Start the sandbox"}
      </Button>
    </div>
  );
}
