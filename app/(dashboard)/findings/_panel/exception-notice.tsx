"use client";
import { useQueryClient } from "@tanstack/react-query";
import type { Route } from "next";
import { useTransition } from "react";
import { Button, LinkButton } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/error-state.tsx";
import { Time } from "#components/ui/time.tsx";
import { showToast } from "#components/ui/toaster.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import type { FindingException, Person } from "#db/findings/model.ts";
import { findingKey } from "../../../_shell/query-keys.ts";
import { useWorkbench } from "../_state/context.ts";
import { dayOf } from "../_state/say-change.ts";
import { withdrawExceptionAction } from "../actions.ts";
import type { PanelView } from "./panel-view.ts";

/** Why a finding isn't worked on, or who is asked that it need not be: by whom, why, until when. */
export function ExceptionNotice({ view, exception }: { view: PanelView; exception: FindingException }) {
  const { me, abilities, now } = useWorkbench();
  const asked = exception.status === "asked";
  return (
    <Notice>
      <p className="text-ink">
        <Said exception={exception} />{" "}
        <span className="text-ink-faint">
          <Time at={exception.decidedAt ?? exception.askedAt} now={now} />
        </span>
      </p>
      <p className="mt-1 whitespace-pre-line">
        <Untrusted text={exception.reason} limit={2_000} />
      </p>
      {exception.decisionNote ? (
        <p className="mt-1">
          <span className="text-ink-faint">Answer: </span>
          <Untrusted text={exception.decisionNote} limit={2_000} />
        </p>
      ) : null}
      {asked && exception.askedBy.id === me.id ? <Withdraw view={view} exception={exception} /> : null}
      {asked && abilities.decideRisk && exception.askedBy.id !== me.id ? (
        <span className="mt-2 flex">
          <LinkButton size="sm" href={`/approvals?exception=${exception.id}` as Route}>
            Decide
          </LinkButton>
        </span>
      ) : null}
    </Notice>
  );
}

function Said({ exception }: { exception: FindingException }) {
  const { kind, status, until, askedBy, decidedBy } = exception;
  const end = dayOf(until);
  if (kind === "muted") {
    const over =
      status === "granted" ? "" : status === "expired" ? " The time is over." : " It was unmuted since.";
    return (
      <>
        <Name person={askedBy} /> muted it until {end}.{over}
      </>
    );
  }
  switch (status) {
    case "asked":
      return (
        <>
          <Name person={askedBy} /> asks to accept the risk until {end}.
        </>
      );
    case "granted":
    case "expired":
    case "ended":
      return (
        <>
          <Name person={decidedBy} /> accepted the risk until {end}, asked by <Name person={askedBy} />.
          {status === "expired" ? " The time is over." : status === "ended" ? " It was ended before." : ""}
        </>
      );
    case "rejected":
      return (
        <>
          <Name person={decidedBy} /> did not accept the risk, asked by <Name person={askedBy} />.
        </>
      );
    case "withdrawn":
      return (
        <>
          <Name person={askedBy} /> asked to accept the risk, and withdrew it.
        </>
      );
  }
}

const Name = ({ person }: { person: Person | null }) =>
  person ? <Untrusted text={person.name} limit={80} className="font-[540]" /> : <>Somebody</>;

function Withdraw({ view, exception }: { view: PanelView; exception: FindingException }) {
  const client = useQueryClient();
  const { changed } = useWorkbench();
  const [pending, start] = useTransition();
  const withdraw = () =>
    start(async () => {
      const result = await withdrawExceptionAction(exception.id);
      showToast(
        result.ok ? { text: "Withdrawn. Nobody decides on it." } : { text: result.message, tone: "danger" },
      );
      await client.invalidateQueries({ queryKey: findingKey(view.id) });
      changed(view.id);
    });
  return (
    <span className="mt-2 flex">
      <Button size="sm" disabled={pending} onClick={withdraw}>
        Withdraw
      </Button>
    </span>
  );
}
