"use client";
import type { Route } from "next";
import { useState } from "react";
import { Button, LinkButton } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/field.tsx";
import type { ApprovalsSearch } from "../search-params.ts";
import type { ApprovalView } from "../view-approval.ts";
import { DecideDialog, type Decision } from "./decide-dialog.tsx";
import { RequestFoot } from "./request-foot.tsx";
import { RiskRequest } from "./risk-request.tsx";

/** What whoever looks may do. */
export type Abilities = { decide: boolean; withdraw: boolean; end: boolean };

/** The cards, and those ticked to be decided on at once. */
export function Queue({
  approvals,
  may,
  next,
  search,
  now,
}: {
  approvals: readonly ApprovalView[];
  may: Abilities;
  next: string | null;
  search: ApprovalsSearch;
  now: string;
}) {
  const [chosenIds, setChosenIds] = useState<ReadonlySet<string>>(new Set());
  const [asked, setAsked] = useState<{ requests: readonly ApprovalView[]; decision: Decision }>();
  const decidable = approvals.filter((each) => may.decide && isDecidable(each));
  // Somebody else may have decided on one meanwhile.
  const chosen = decidable.filter(({ id }) => chosenIds.has(id));
  const choose = (ids: readonly string[], isOn: boolean) => {
    const nextIds = new Set(chosenIds);
    for (const id of ids) {
      if (isOn) nextIds.add(id);
      else nextIds.delete(id);
    }
    setChosenIds(nextIds);
  };
  return (
    <>
      <ul aria-label="Requests" className="mt-4 grid grid-cols-[minmax(0,1fr)] gap-4">
        {approvals.map((approval) => {
          const alike = decidable.filter((each) => each.alike === approval.alike);
          const isChoosable = decidable.length > 1 && decidable.includes(approval);
          return (
            <li key={approval.id}>
              <RiskRequest
                approval={approval}
                now={now}
                isChosen={chosenIds.has(approval.id)}
                aside={
                  isChoosable ? (
                    <Checkbox
                      aria-label="Choose this request"
                      checked={chosenIds.has(approval.id)}
                      onChange={({ target }) => choose([approval.id], target.checked)}
                      className="-mt-1 shrink-0 max-sm:min-w-10 max-sm:justify-end"
                    >
                      <span className="max-sm:sr-only">Choose</span>
                    </Checkbox>
                  ) : undefined
                }
                foot={
                  <RequestFoot
                    approval={approval}
                    may={may}
                    alike={alike.length}
                    onDecide={(decision) => setAsked({ requests: [approval], decision })}
                    onChooseAlike={() =>
                      choose(
                        alike.map(({ id }) => id),
                        true,
                      )
                    }
                  />
                }
              />
            </li>
          );
        })}
      </ul>
      {next ? (
        <div className="mt-5">
          <LinkButton href={`/approvals?show=${search.show}&after=${encodeURIComponent(next)}` as Route}>
            Older ones
          </LinkButton>
        </div>
      ) : null}
      {chosen.length > 0 ? (
        <div
          role="toolbar"
          aria-label="What is chosen"
          className="sticky bottom-[calc(4rem+env(safe-area-inset-bottom))] mt-5 flex flex-wrap items-center gap-2 rounded border border-line-strong bg-surface p-3 shadow-float md:bottom-4"
        >
          <span role="status" className="mr-auto px-1 text-14">
            {chosen.length} chosen
          </span>
          <Button look="plain" onClick={() => setChosenIds(new Set())}>
            None
          </Button>
          <Button look="danger" onClick={() => setAsked({ requests: chosen, decision: "reject" })}>
            Reject {chosen.length}
          </Button>
          <Button look="primary" onClick={() => setAsked({ requests: chosen, decision: "grant" })}>
            Grant {chosen.length}
          </Button>
        </div>
      ) : null}
      <DecideDialog
        requests={asked?.requests ?? []}
        decision={asked?.decision}
        onClose={(isDone) => {
          setAsked(undefined);
          if (isDone) setChosenIds(new Set());
        }}
      />
    </>
  );
}

const isDecidable = ({ status, own, inProgress }: ApprovalView): boolean =>
  status === "asked" && !own && !inProgress;
