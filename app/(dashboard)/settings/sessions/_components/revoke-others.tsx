"use client";
import { useState, useTransition } from "react";
import { Button } from "#components/ui/button.tsx";
import { revokeOtherSessions } from "../actions.ts";

/** Ends all of one's own sessions but this one. */
export function RevokeOthers({ keep, count }: { keep: string; count: number }) {
  const [pending, startTransition] = useTransition();
  const [problem, setProblem] = useState("");
  const revoke = () =>
    startTransition(async () => {
      const result = await revokeOtherSessions(keep);
      setProblem(result.ok ? "" : result.message);
    });
  return (
    <div className="grid gap-1.5">
      <Button look="danger" aria-disabled={pending} onClick={pending ? undefined : revoke}>
        {pending ? "Ending…" : count === 1 ? "End the other session" : `End the ${count} others`}
      </Button>
      {problem ? (
        <p role="alert" className="text-13 text-danger">
          {problem}
        </p>
      ) : null}
    </div>
  );
}
