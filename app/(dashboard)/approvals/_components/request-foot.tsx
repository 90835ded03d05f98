"use client";
import { useState, useTransition } from "react";
import type { ActionResult } from "#app/_actions/action.ts";
import { Button } from "#components/ui/button.tsx";
import { showToast } from "#components/ui/toaster.tsx";
import { endAcceptanceAction, withdrawAction } from "../actions.ts";
import type { ApprovalView } from "../view-approval.ts";
import type { Decision } from "./decide-dialog.tsx";
import type { Abilities } from "./queue.tsx";

/** What can be done about a request, or why nothing can. */
export function RequestFoot({
  approval,
  may,
  alike,
  onDecide,
  onChooseAlike,
}: {
  approval: ApprovalView;
  may: Abilities;
  /** How many that can be decided on are about the same checks, this one among them. */
  alike: number;
  onDecide: (decision: Decision) => void;
  onChooseAlike: () => void;
}) {
  const { id, status, own, inProgress, accepted } = approval;
  if (status === "asked" && inProgress) {
    return <Said>Its findings are still being put together; it can be decided on in a moment.</Said>;
  }
  if (status === "asked" && own) {
    return (
      <div className="flex flex-wrap items-center justify-between gap-3">
        <Said>
          {may.decide
            ? "You asked for this yourself, so somebody else has to decide on it."
            : "A manager or the CISO decides on it."}
        </Said>
        {may.withdraw ? (
          <Act label="Withdraw" going="Withdrawing…" done="Withdrawn." run={() => withdrawAction(id)} />
        ) : null}
      </div>
    );
  }
  if (status === "asked" && may.decide) {
    return (
      <div className="grid gap-2.5">
        <div className="flex gap-2.5">
          <Button look="danger" className="max-sm:h-12 max-sm:flex-1" onClick={() => onDecide("reject")}>
            Reject
          </Button>
          <Button look="primary" className="max-sm:h-12 max-sm:flex-1" onClick={() => onDecide("grant")}>
            Grant
          </Button>
          {alike > 1 ? (
            <Button look="plain" className="ml-auto max-sm:hidden" onClick={onChooseAlike}>
              Choose all {alike} alike
            </Button>
          ) : null}
        </div>
        {alike > 1 ? (
          <Button look="plain" className="sm:hidden" onClick={onChooseAlike}>
            Choose all {alike} alike
          </Button>
        ) : null}
      </div>
    );
  }
  if (status === "granted" && accepted > 0) {
    return (
      <div className="flex flex-wrap items-center justify-between gap-3">
        <Said>
          {accepted === 1 ? "1 finding is" : `${accepted.toLocaleString("en")} findings are`} accepted by it.
        </Said>
        {may.end ? (
          <Act
            label="End it now"
            going="Ending…"
            done="Ended. The findings are open again."
            sure="Press again to end it"
            run={() => endAcceptanceAction(id)}
          />
        ) : null}
      </div>
    );
  }
  return null;
}

const Said = ({ children }: { children: React.ReactNode }) => (
  <p className="max-w-[48ch] text-13 text-pretty text-ink-soft">{children}</p>
);

/** A button that says what came of it; with `sure`, it is pressed twice. */
function Act({
  label,
  going,
  done,
  sure,
  run,
}: {
  label: string;
  going: string;
  done: string;
  sure?: string;
  run: () => Promise<ActionResult<unknown>>;
}) {
  const [isMeant, setMeant] = useState(sure === undefined);
  const [pending, start] = useTransition();
  const act = () =>
    start(async () => {
      const result = await run();
      showToast(result.ok ? { text: done } : { text: result.message, tone: "danger" });
      setMeant(sure === undefined);
    });
  return (
    <Button
      look={isMeant && sure ? "danger" : "quiet"}
      className="max-sm:h-12 max-sm:w-full"
      aria-disabled={pending}
      onClick={() => (pending ? undefined : isMeant ? act() : setMeant(true))}
      onBlur={() => setMeant(sure === undefined)}
    >
      {pending ? going : isMeant && sure ? sure : label}
    </Button>
  );
}
