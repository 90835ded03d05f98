import type { ReactNode } from "react";
import { serviceName } from "#components/findings/service-names.ts";
import { Notice } from "#components/ui/error-state.tsx";
import { Identifier } from "#components/ui/identifier.tsx";
import { SeverityMark } from "#components/ui/severity-mark.tsx";
import { Time } from "#components/ui/time.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import { FindingState } from "../_components/finding-state.tsx";
import { Evidence } from "./evidence.tsx";
import { HowToFix } from "./how-to-fix.tsx";
import type { PanelView } from "./panel-view.ts";
import { Tags } from "./tags.tsx";
import { Timeline } from "./timeline.tsx";

/** In the order one asks: what, since when, why it matters, prove it, how to mend it, what it touches, what happened. */
export function PanelBody({ view, now }: { view: PanelView; now: string }) {
  const { resource, check } = view;
  return (
    <div className="px-5 pt-5 pb-10">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-13">
        <SeverityMark severity={view.severity} />
        <FindingState finding={view} />
        <span className="text-ink-faint">
          {view.status === "resolved" && view.resolvedAt ? (
            <>
              resolved <Time at={view.resolvedAt} now={now} />
            </>
          ) : (
            <>
              since <Time at={view.openedAt} now={now} />
            </>
          )}
        </span>
      </div>
      <h2 className="mt-3 text-20 text-pretty">
        <Untrusted text={view.reason} limit={1_000} />
      </h2>
      <p className="mt-2 text-14 text-pretty text-ink-soft">
        <span className="text-ink-faint">Wanted: </span>
        {view.title}
      </p>
      <div className="mt-4 grid gap-2 empty:hidden">
        {view.unverifiedSince ? (
          <Notice tone="gap">
            Could not be re-read since <Time at={view.unverifiedSince} now={now} />. It stands as it was last
            seen; the scan's gaps say what is missing.
          </Notice>
        ) : null}
        {resource.deletedAt ? (
          <Notice>
            The resource is gone since <Time at={resource.deletedAt} now={now} />.
          </Notice>
        ) : null}
        {check ? null : <Notice>The check behind this finding is no longer part of the catalogue.</Notice>}
      </div>

      {check ? (
        <Section title="Why it matters">
          <p className="max-w-[62ch] text-14 text-pretty text-ink-soft">{check.risk}</p>
        </Section>
      ) : null}
      <Section title="Evidence">
        <Evidence evidence={view.evidence} />
      </Section>
      {check ? (
        <Section title="How to fix">
          <HowToFix remediation={check.remediation} />
        </Section>
      ) : null}
      <Section title="Resource">
        <dl className="grid grid-cols-[6.5rem_minmax(0,1fr)] gap-x-4 gap-y-1.5 text-13">
          <Fact name="Name">
            <Untrusted text={resource.name} limit={300} />
          </Fact>
          <Fact name="Id">
            <Identifier value={resource.uid} what="the resource's id" tail={22} />
          </Fact>
          <Fact name="Kind">{resource.kind}</Fact>
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
      </Section>
      {view.controls.length > 0 ? (
        <Section title="Controls">
          <ul className="grid gap-1.5 text-13">
            {view.controls.map(({ framework, id, title }) => (
              <li key={`${framework}${id}`} className="flex gap-3">
                <span className="w-10 shrink-0 font-[540]">{id}</span>
                <span className="min-w-0">
                  <span className="text-pretty">{title}</span>
                  <span className="block text-12 text-ink-faint">{framework}</span>
                </span>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      <Section title="Timeline">
        <Timeline view={view} now={now} />
      </Section>
    </div>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="mt-7">
      <h3 className="mb-2.5 text-14">{title}</h3>
      {children}
    </section>
  );
}

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <>
    <dt className="py-1 text-ink-faint">{name}</dt>
    <dd className="min-w-0 py-1">{children}</dd>
  </>
);
