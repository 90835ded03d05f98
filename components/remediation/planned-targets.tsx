"use client";
import type { Route } from "next";
import Link from "next/link";
import { useState } from "react";
import { kindWord } from "#components/resources/kind-words.ts";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { MiddleCut, Untrusted } from "#components/ui/untrusted.tsx";
import type { PlannedTarget } from "#lib/remediation/model.ts";
import { ActionPlanView } from "./action-plan.tsx";
import { Fold } from "./fold.tsx";

const shownAtFirst = 10;
/** So few are unfolded from the beginning. */
const unfolded = 1;

/** Every resource of a plan, each unfolding to what would be changed about it. */
export function PlannedTargets({
  targets,
  accountName,
}: {
  targets: readonly PlannedTarget[];
  /** Given Parapet's own id of the account. */
  accountName: (accountId: string) => string | undefined;
}) {
  const [most, setMost] = useState(shownAtFirst);
  const left = targets.length - most;
  return (
    <>
      <ul aria-label="Resources of the plan" className="divide-y divide-line">
        {targets.slice(0, most).map((target) => (
          <li key={target.uid}>
            <Fold
              isOpen={targets.length <= unfolded}
              summary={<TargetName target={target} account={accountName(target.accountId)} />}
              aside={<Outcome target={target} />}
            >
              <div className="grid gap-5 px-4 pt-1 pb-4 sm:px-5">
                {target.actions.map((action) => (
                  <ActionPlanView key={action.action} action={action} />
                ))}
                <p className="text-13">
                  <Link
                    href={`/resources/${target.resourceId}` as Route}
                    prefetch={false}
                    className="text-ink-soft underline decoration-line-strong underline-offset-4 hover:text-ink max-sm:inline-block max-sm:py-2"
                  >
                    The resource as it was last read
                  </Link>
                </p>
              </div>
            </Fold>
          </li>
        ))}
      </ul>
      {left > 0 ? (
        <div className="border-t border-line px-4 py-2.5 sm:px-5">
          <Button size="sm" onClick={() => setMost(most + 50)}>
            Show {Math.min(50, left).toLocaleString("en")} more of {targets.length.toLocaleString("en")}
          </Button>
        </div>
      ) : null}
    </>
  );
}

export function TargetName({
  target: { name, uid, kind, region },
  account,
}: {
  target: { name: string; uid: string; kind: string; region: string };
  account: string | undefined;
}) {
  return (
    <span className="grid min-w-0">
      <MiddleCut text={name.trim() || uid} className="text-14" />
      <span className="truncate text-12 text-ink-faint">
        {kindWord(kind)}
        {region && region !== "global" ? ` · ${region}` : ""}
        {account ? (
          <>
            {" · "}
            <Untrusted text={account} limit={80} />
          </>
        ) : null}
      </span>
    </span>
  );
}

/** What planning came to, where it isn't simply a change. */
function Outcome({ target: { actions } }: { target: PlannedTarget }) {
  if (actions.some(({ plan }) => plan.outcome === "refused"))
    return <Badge tone="danger">Can't be done</Badge>;
  if (actions.every(({ plan }) => plan.outcome === "nothing")) return <Badge>Nothing to do</Badge>;
  return null;
}
