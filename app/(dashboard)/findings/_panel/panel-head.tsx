"use client";
import type { ReactNode } from "react";
import { DueMark } from "#components/findings/due-mark.tsx";
import { PersonMark } from "#components/findings/person-mark.tsx";
import { sourceName } from "#components/findings/source-names.ts";
import { StateMark } from "#components/findings/state-mark.tsx";
import { Notice } from "#components/ui/error-state.tsx";
import { SeverityMark } from "#components/ui/severity-mark.tsx";
import { Time } from "#components/ui/time.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import type { Act } from "../_dialogs/model.ts";
import { useWorkbench } from "../_state/context.ts";
import { ExceptionNotice } from "./exception-notice.tsx";
import { FixNotice } from "./fix-notice.tsx";
import type { PanelView } from "./panel-view.ts";

/** What is wrong, where work on it stands, and who does it until when; each can be changed in place. */
export function PanelHead({ view }: { view: PanelView }) {
  const { now } = useWorkbench();
  const open = view.status === "open";
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-13">
        <SeverityMark severity={view.severity} />
        <span className="text-ink-faint">
          {open || !view.resolvedAt ? (
            <>
              since <Time at={view.openedAt} now={now} />
            </>
          ) : (
            <>
              resolved <Time at={view.resolvedAt} now={now} />
            </>
          )}
        </span>
        {view.source === "parapet" ? null : (
          <span className="text-ink-faint">found by {sourceName(view.source)}</span>
        )}
      </div>
      <h2 className="mt-3 text-20 text-pretty">
        <Untrusted text={view.reason} limit={1_000} />
      </h2>
      {view.title === view.reason ? null : (
        <p className="mt-2 text-14 text-pretty text-ink-soft">
          <span className="text-ink-faint">{view.check ? "Wanted: " : "Check: "}</span>
          <Untrusted text={view.title} limit={400} />
        </p>
      )}
      <dl className="mt-4 flex flex-wrap gap-px overflow-hidden rounded border border-line bg-line">
        <Control word="Status" act="status" keys="e" view={view}>
          <StateMark
            finding={{
              ...view,
              acceptanceAsked: view.exception?.kind === "risk_accepted" && view.exception.status === "asked",
            }}
          />
        </Control>
        <Control word="Assignee" act="assign" keys="a" view={view}>
          <PersonMark person={view.assignee} />
        </Control>
        <Control word={view.dueByHand ? "Due, set by hand" : "Due"} act="due" keys="d" view={view}>
          <DueMark dueAt={view.dueAt} open={open && !view.suppressedUntil} now={now} />
        </Control>
      </dl>
      <div className="mt-3 grid gap-2 empty:hidden">
        {view.fix && view.fix.state !== "cancelled" ? <FixNotice fix={view.fix} /> : null}
        {view.exception ? <ExceptionNotice view={view} exception={view.exception} /> : null}
        {view.unverifiedSince ? (
          <Notice tone="gap">
            Could not be re-read since <Time at={view.unverifiedSince} now={now} />. It stands as it was last
            seen; the scan's gaps say what is missing.
          </Notice>
        ) : null}
        {view.resource.deletedAt ? (
          <Notice>
            The resource is gone since <Time at={view.resource.deletedAt} now={now} />.
          </Notice>
        ) : null}
        {view.check || view.source !== "parapet" ? null : (
          <Notice>The check behind this finding is no longer part of the catalogue.</Notice>
        )}
      </div>
    </>
  );
}

/** A fact that a press changes, for those who may and as long as the finding is open. */
function Control({
  word,
  act,
  keys,
  view,
  children,
}: {
  word: string;
  act: Act;
  keys: string;
  view: PanelView;
  children: ReactNode;
}) {
  const { abilities, ask } = useWorkbench();
  const changeable = abilities.triage && view.status === "open";
  return (
    <div className="relative min-w-0 flex-[1_1_8.5rem] bg-surface px-3 py-2 has-[button:hover]:bg-hover">
      <dt className="text-12 text-ink-faint">{word}</dt>
      <dd className="mt-1 flex min-h-5 min-w-0 text-13">
        {changeable ? (
          <button
            type="button"
            aria-keyshortcuts={keys}
            title={`Change (${keys})`}
            onClick={() => ask(act, view.id)}
            className="flex min-w-0 flex-1 text-left outline-none before:absolute before:inset-0 focus-visible:before:outline-2 focus-visible:before:-outline-offset-2 focus-visible:before:outline-accent"
          >
            {children}
          </button>
        ) : (
          children
        )}
      </dd>
    </div>
  );
}
