"use client";
import type { Route } from "next";
import { serviceName } from "#components/findings/service-names.ts";
import { LinkButton } from "#components/ui/button.tsx";
import { Identifier } from "#components/ui/identifier.tsx";
import { Time } from "#components/ui/time.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import { useWorkbench } from "../_state/context.ts";
import type { PanelView } from "./panel-view.ts";
import { Fact } from "./section.tsx";
import { Tags } from "./tags.tsx";

export function AboutResource({ view }: { view: PanelView }) {
  const { now } = useWorkbench();
  const { resource } = view;
  return (
    <>
      <dl className="grid grid-cols-[6.5rem_minmax(0,1fr)] gap-x-4 gap-y-1.5 text-13">
        <Fact name="Name">
          <Untrusted text={resource.name} limit={300} />
        </Fact>
        <Fact name="Id">
          <Identifier value={resource.uid} what="the resource's id" tail={22} />
        </Fact>
        <Fact name="Kind">
          <Untrusted text={resource.kind} limit={120} />
        </Fact>
        <Fact name="Account">
          <Untrusted text={view.account.name} limit={100} />{" "}
          <span className="font-mono text-12 text-ink-faint">{view.account.externalId}</span>
          {view.account.disabledAt ? (
            <>
              {", disabled "}
              <Time at={view.account.disabledAt} now={now} />: not read since
            </>
          ) : null}
        </Fact>
        <Fact name="Where">
          {serviceName(view.service)}, {view.region}
        </Fact>
        <Fact name="Owner tag">
          {view.owner ? (
            <Untrusted text={view.owner} limit={120} />
          ) : (
            <span className="text-ink-faint">none</span>
          )}
        </Fact>
        <Fact name="Last changed">
          <Time at={resource.changedAt} now={now} />
        </Fact>
        <Fact name="Last confirmed">
          {view.confirmedAt ? <Time at={view.confirmedAt} now={now} /> : "not read whole yet"}
        </Fact>
        {resource.unread.length > 0 ? (
          <Fact name="Not readable">
            <Untrusted text={resource.unread.join(", ")} limit={300} />
          </Fact>
        ) : null}
      </dl>
      <Tags tags={resource.tags} />
      <span className="mt-5 flex gap-2">
        <LinkButton size="sm" href={`/resources/${resource.id}` as Route}>
          Open the resource
        </LinkButton>
      </span>
    </>
  );
}
