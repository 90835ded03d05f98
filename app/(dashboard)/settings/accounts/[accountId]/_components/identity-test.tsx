"use client";
import { useRouter } from "next/navigation";
import { type ReactNode, useState, useTransition } from "react";
import { TestResult } from "#components/accounts/test-result.tsx";
import { Button } from "#components/ui/button.tsx";
import type { ConnectionTest, Identity } from "#db/accounts/schema.ts";
import { testAccountAction } from "../../actions.ts";

/** What the last test of an identity found, and the button for another. */
export function IdentityTest({
  accountId,
  identity,
  stored,
  now,
  mayTest,
  more,
}: {
  accountId: string;
  identity: Identity;
  stored: ConnectionTest | null;
  now: string;
  mayTest: boolean;
  /** What else can be done with the identity. */
  more?: ReactNode;
}) {
  const router = useRouter();
  const [fresh, setFresh] = useState<ConnectionTest>();
  const [problem, setProblem] = useState<string>();
  const [pending, start] = useTransition();
  const test = () =>
    start(async () => {
      const result = await testAccountAction(accountId, identity);
      if (!result.ok) return setProblem(result.message);
      setProblem(undefined);
      setFresh(result.value);
      router.refresh();
    });
  const shown = fresh && (!stored || fresh.at > stored.at) ? fresh : stored;
  return (
    <div className="grid justify-items-start gap-3.5" aria-live="polite" aria-busy={pending}>
      {shown ? (
        <TestResult test={shown} now={shown.at > now ? shown.at : now} />
      ) : (
        <p className="text-14 text-ink-soft">
          {mayTest ? "Not tested yet." : "Not tested yet; an administrator can."}
        </p>
      )}
      {problem ? (
        <p role="alert" className="text-13 text-danger">
          {problem}
        </p>
      ) : null}
      {mayTest ? (
        <div className="flex flex-wrap gap-2">
          <Button size="sm" aria-disabled={pending} onClick={pending ? undefined : test}>
            {pending ? "Asking the provider…" : shown ? "Test again" : "Test the connection"}
          </Button>
          {more}
        </div>
      ) : null}
    </div>
  );
}
