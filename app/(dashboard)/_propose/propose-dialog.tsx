"use client";
import type { Route } from "next";
import { useId } from "react";
import { PlanStateMark } from "#components/remediation/plan-state.tsx";
import { countOf } from "#components/remediation/plan-words.ts";
import { sayPlan } from "#components/remediation/say-plan.ts";
import { Button, LinkButton } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { ErrorState, Notice } from "#components/ui/error-state.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { Time } from "#components/ui/time.tsx";
import { visibleText } from "#components/ui/visible-text.ts";
import { FixForm } from "./fix-form.tsx";
import { LeftOutList } from "./left-out.tsx";
import { BeingPlanned, outcomesOf, PlannedFix } from "./planned-fix.tsx";
import type { Proposal } from "./proposal.ts";
import { useProposal } from "./use-proposal.ts";

export type ProposeProps = {
  /** Of the findings that are to be fixed, in the order in which a limit takes them. */
  ids: readonly string[];
  /** How many were chosen, where only the first of them are looked at. */
  chosen?: number;
  /** The playbook that was chosen already. */
  playbook?: string;
  /** The moment, ISO. */
  now: string;
  onClose: () => void;
};

/** From findings to a plan that is sent for approval: choose a playbook, say why, look at the plan, send it. */
export default function ProposeDialog({ ids, chosen = ids.length, playbook, now, onClose }: ProposeProps) {
  const form = useId();
  const flow = useProposal(ids, playbook);
  const { proposal, option, plan, planId, pending, refusal } = flow;
  const detail = plan?.data;
  const document = detail?.document ?? null;
  const outcomes = document && detail?.plannedAt ? outcomesOf(document) : null;
  const sendable = outcomes !== null && outcomes.change > 0 && outcomes.refused === 0;
  const sent = detail !== undefined && detail.state !== "draft";
  const failed = detail?.error ?? null;

  if (!planId) {
    const none = proposal.data && !option;
    return (
      <Dialog
        open
        wide
        onClose={onClose}
        title={`Propose a fix for ${countOf(chosen, "finding")}`}
        footer={
          <>
            <Button onClick={onClose}>{none ? "Close" : "Cancel"}</Button>
            {option ? (
              <Button look="primary" type="submit" form={form} aria-disabled={pending}>
                {pending ? "Planning…" : `Plan the fix of ${countOf(option.taken.length, "finding")}`}
              </Button>
            ) : null}
          </>
        }
      >
        {proposal.isError ? (
          <ErrorState
            title="The playbooks could not be read"
            action={<Button onClick={() => void proposal.refetch()}>Try again</Button>}
          >
            {proposal.error.message}
          </ErrorState>
        ) : !proposal.data ? (
          <Waiting />
        ) : option ? (
          <form
            id={form}
            noValidate
            className="grid gap-5"
            onSubmit={(event) => {
              event.preventDefault();
              const element = event.currentTarget;
              if (!flow.submitForm()) focusProblem(element);
            }}
          >
            <Frozen freeze={proposal.data.freeze} now={now} />
            {chosen > ids.length ? (
              <Notice>
                The first {ids.length.toLocaleString("en")} of the {chosen.toLocaleString("en")} findings are
                looked at: one plan changes at most {proposal.data.maxResources} resources.
              </Notice>
            ) : null}
            <FixForm
              proposal={proposal.data}
              option={option}
              parameters={flow.parameters}
              reason={flow.draft.reason}
              problems={flow.problems}
              onPlaybook={flow.choose}
              onParameters={flow.setParameters}
              onReason={flow.setReason}
            />
            <Refusal message={refusal} />
            <p className="text-13 text-pretty text-ink-faint">
              Planning only reads. You see what would be changed before anybody is asked, and nothing is
              changed until it is approved.
            </p>
          </form>
        ) : (
          <NoFix proposal={proposal.data} />
        )}
      </Dialog>
    );
  }
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={visibleText((detail?.title ?? option?.playbook.title ?? "The plan").slice(0, 100))}
      footer={
        sent ? (
          <>
            <Button onClick={onClose}>Close</Button>
            <LinkButton look="primary" href={`/remediation/${planId}` as Route}>
              Follow the plan
            </LinkButton>
          </>
        ) : (
          <>
            {detail?.plannedAt || failed ? (
              <Button className="sm:mr-auto" aria-disabled={pending} onClick={flow.again}>
                {failed || !sendable ? "Back to the form" : "Change it"}
              </Button>
            ) : null}
            <Button onClick={onClose}>{sendable ? "Send it later" : "Close"}</Button>
            {sendable ? (
              <Button look="primary" aria-disabled={pending} onClick={() => pending || flow.send()}>
                {pending ? "Sending…" : detail?.approvalsNeeded === 0 ? "Send it" : "Send for approval"}
              </Button>
            ) : null}
          </>
        )
      }
    >
      <div className="grid gap-4">
        {sent && detail ? (
          <div role="status" className="grid gap-3 py-2">
            <PlanStateMark plan={detail} />
            <p className="text-14 text-pretty">{visibleText(sayPlan(detail))}</p>
            {detail.state === "awaiting_approval" && detail.expiresAt ? (
              <p className="text-13 text-pretty text-ink-soft">
                Whoever may decide has been told. Unless that happens by then, it ends{" "}
                <Time at={detail.expiresAt} now={now} />, with nothing changed.
              </p>
            ) : null}
          </div>
        ) : failed ? (
          <Notice tone="danger">
            <p>It could not be planned. {visibleText(failed.slice(0, 1_000))}</p>
            <p className="mt-1">Nothing was changed, and what you filled in is kept.</p>
          </Notice>
        ) : detail?.plannedAt && document && outcomes ? (
          <PlannedFix
            plan={detail}
            document={document}
            runs={flow.runs}
            pending={pending}
            onRuns={flow.setRuns}
            onWithoutRefused={
              outcomes.refusedFindings.size < flow.planned.length
                ? () => (pending ? undefined : flow.withoutThose(outcomes.refusedFindings))
                : null
            }
          />
        ) : plan?.isError ? (
          <Notice tone="danger">{plan.error.message} The plan itself is kept, and is asked for again.</Notice>
        ) : (
          <BeingPlanned resources={detail?.resources ?? option?.resources ?? 1} />
        )}
        <Refusal message={refusal} />
      </div>
    </Dialog>
  );
}

const Refusal = ({ message }: { message: string | undefined }) =>
  message ? (
    <p role="alert" className="text-13 text-pretty text-danger">
      {visibleText(message)}
    </p>
  ) : null;

const Frozen = ({ freeze, now }: { freeze: Proposal["freeze"]; now: string }) =>
  freeze ? (
    <Notice tone="gap">
      Changes are frozen since <Time at={freeze.at} now={now} />
      {freeze.reason ? `: ${visibleText(freeze.reason)}` : ""}. You can propose, and it can be approved; it
      begins once the freeze is lifted.
    </Notice>
  ) : null;

const NoFix = ({ proposal }: { proposal: Proposal }) => (
  <div className="grid gap-3">
    <p className="text-14 text-pretty">
      {proposal.chosen === 0
        ? "These findings are not there any more."
        : proposal.chosen === 1
          ? "There is nothing to propose for this finding."
          : "There is nothing to propose for these findings."}
    </p>
    <LeftOutList others={proposal.unfixable} />
  </div>
);

const Waiting = () => (
  <div aria-busy className="grid gap-4">
    <span className="sr-only">Looking for playbooks</span>
    <Skeleton className="h-5 w-1/2" />
    <Skeleton className="h-16" />
    <Skeleton className="h-24" />
  </div>
);

/** Leads to the first field that won't do, once it says so itself. */
function focusProblem(form: HTMLFormElement): void {
  setTimeout(() => form.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
}
