"use client";
import { useState, useTransition } from "react";
import { Button } from "#components/ui/button.tsx";
import { revokeSession } from "../actions.ts";

/** Ends one session. Ending the own one leads to the sign-in page. */
export function RevokeButton({
  sessionId,
  isCurrent,
  what,
}: {
  sessionId: string;
  isCurrent: boolean;
  what: string;
}) {
  const [pending, startTransition] = useTransition();
  const [problem, setProblem] = useState("");
  const revoke = () =>
    startTransition(async () => {
      const result = await revokeSession(sessionId);
      setProblem(result.ok ? "" : result.message);
    });
  return (
    <div className="grid justify-items-end gap-1">
      <Button
        size="sm"
        look={isCurrent ? "plain" : "quiet"}
        aria-disabled={pending}
        aria-label={isCurrent ? "Sign out here" : `End ${what}`}
        onClick={pending ? undefined : revoke}
      >
        {pending ? "Ending…" : isCurrent ? "Sign out" : "End"}
      </Button>
      {problem ? (
        <p role="alert" className="max-w-40 text-right text-12 text-danger">
          {problem}
        </p>
      ) : null}
    </div>
  );
}
