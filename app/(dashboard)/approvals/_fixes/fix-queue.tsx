"use client";
import { type ReactNode, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/field.tsx";
import type { PlanSummary } from "#db/remediation/model.ts";
import type { PlanHint } from "#db/remediation/plan-hints.ts";
import { useNow } from "../../../_shell/use-now.ts";
import { DecidePlansDialog, type Decision } from "../../remediation/_decide/decide-plans-dialog.tsx";
import { DecidedFix } from "./decided-fix.tsx";
import { FixCard } from "./fix-card.tsx";
import { FixFoot } from "./fix-foot.tsx";
import { keepDecided } from "./keep-decided.ts";

export type WaitingFix = PlanSummary & PlanHint;

/** The fixes that wait, those ticked to be decided on at once, and in their places those decided on just now. */
export function FixQueue({
  plans,
  mayDecide,
  empty,
  now: initialNow,
}: {
  plans: readonly WaitingFix[];
  mayDecide: boolean;
  /** In place of a list that has nothing in it. */
  empty: ReactNode;
  now: string;
}) {
  const now = useNow(initialNow, 30_000);
  const [chosenIds, setChosenIds] = useState<ReadonlySet<string>>(new Set());
  const [asked, setAsked] = useState<{ plans: readonly WaitingFix[]; decision: Decision }>();
  const [decided, setDecided] = useState<
    ReadonlyMap<string, { plan: WaitingFix; decision: Decision; at: number }>
  >(new Map());
  const rows = keepDecided(plans, decided);
  const decidable = plans.filter(({ id, can }) => can.decide && !decided.has(id));
  // Somebody else may have decided on one meanwhile.
  const chosen = decidable.filter(({ id }) => chosenIds.has(id));
  const choose = (ids: readonly string[], isOn: boolean) => {
    const next = new Set(chosenIds);
    for (const id of ids) {
      if (isOn) next.add(id);
      else next.delete(id);
    }
    setChosenIds(next);
  };
  const close = (decision: Decision | null) => {
    if (decision && asked) {
      const place = (id: string) => rows.findIndex(({ plan }) => plan.id === id);
      setDecided(
        new Map([
          ...decided,
          ...asked.plans.map((plan) => [plan.id, { plan, decision, at: place(plan.id) }] as const),
        ]),
      );
      setChosenIds(new Set());
    }
    setAsked(undefined);
  };
  if (rows.length === 0) return empty;
  return (
    <>
      <ul aria-label="Fixes" className="mt-4 grid grid-cols-[minmax(0,1fr)] gap-4">
        {rows.map(({ plan, decision }) => (
          <li key={plan.id}>
            {decision || plan.state !== "awaiting_approval" ? (
              <DecidedFix plan={plan} decision={decision} />
            ) : (
              <FixCard
                plan={plan}
                now={now}
                isChosen={chosenIds.has(plan.id)}
                aside={
                  decidable.length > 1 && plan.can.decide ? (
                    <Checkbox
                      aria-label={`Choose this fix: ${plan.title}, ${plan.resource}`}
                      checked={chosenIds.has(plan.id)}
                      onChange={({ target }) => choose([plan.id], target.checked)}
                      className="-mt-1.5 shrink-0 max-sm:-mr-1 max-sm:min-w-11 max-sm:flex-row-reverse"
                    >
                      <span className="max-sm:sr-only">Choose</span>
                    </Checkbox>
                  ) : undefined
                }
                foot={(isRead) => (
                  <FixFoot
                    isRead={isRead}
                    plan={plan}
                    mayDecide={mayDecide}
                    alike={decidable.filter(({ alike }) => alike === plan.alike).length}
                    onDecide={(decision) => setAsked({ plans: [plan], decision })}
                    onChooseAlike={() =>
                      choose(
                        decidable.filter(({ alike }) => alike === plan.alike).map(({ id }) => id),
                        true,
                      )
                    }
                  />
                )}
              />
            )}
          </li>
        ))}
      </ul>
      {chosen.length > 0 ? (
        <div
          role="toolbar"
          aria-label="Fixes that are chosen"
          className="sticky bottom-[calc(4rem+env(safe-area-inset-bottom))] z-10 mt-5 flex flex-wrap items-center gap-2 rounded border border-line-strong bg-surface p-3 shadow-float md:bottom-4"
        >
          <span role="status" className="px-1 text-14 max-sm:flex-1 sm:mr-auto">
            {chosen.length} chosen
          </span>
          <Button look="plain" className="max-sm:h-12" onClick={() => setChosenIds(new Set())}>
            None
          </Button>
          <span aria-hidden className="basis-full sm:hidden" />
          <Button
            look="danger"
            className="max-sm:h-12 max-sm:flex-1"
            onClick={() => setAsked({ plans: chosen, decision: "reject" })}
          >
            Reject {chosen.length}
          </Button>
          <Button
            look="primary"
            className="max-sm:h-12 max-sm:flex-1"
            onClick={() => setAsked({ plans: chosen, decision: "approve" })}
          >
            Approve {chosen.length}
          </Button>
        </div>
      ) : null}
      <DecidePlansDialog plans={asked?.plans ?? []} decision={asked?.decision} onClose={close} />
    </>
  );
}
