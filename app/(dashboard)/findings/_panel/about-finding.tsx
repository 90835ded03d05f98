"use client";
import { sourceName } from "#components/findings/source-names.ts";
import { Untrusted } from "#components/ui/untrusted.tsx";
import { Evidence } from "./evidence.tsx";
import { Documentation, HowToFix } from "./how-to-fix.tsx";
import type { PanelView } from "./panel-view.ts";
import { ProposeFix } from "./propose-fix.tsx";
import { Section } from "./section.tsx";

/** In the order one asks: why it matters, prove it, how to mend it, what it counts for. */
export function AboutFinding({
  view,
  way,
  onWay,
}: {
  view: PanelView;
  /** Which way to fix it is shown. */
  way: string;
  onWay: (way: string) => void;
}) {
  const { check, told } = view;
  const risk = check?.risk ?? told?.risk;
  const hasEvidence = view.evidence.stretches.length > 0 || view.evidence.former.length > 0;
  return (
    <>
      {risk ? (
        <Section title="Why it matters">
          <p className="max-w-[62ch] text-14 text-pretty text-ink-soft">
            <Untrusted text={risk} limit={4_000} />
          </p>
        </Section>
      ) : null}
      {hasEvidence ? (
        <Section title="Evidence">
          <Evidence evidence={view.evidence} />
        </Section>
      ) : null}
      {check ? (
        <Section title="How to fix">
          <ProposeFix view={view} />
          <HowToFix remediation={check.remediation} way={way} onWay={onWay} />
        </Section>
      ) : null}
      {told?.remediation || told?.url ? (
        <Section title="How to fix">
          {told.remediation ? (
            <p className="max-w-[62ch] text-14 text-pretty text-ink-soft">
              <Untrusted text={told.remediation} limit={4_000} />
            </p>
          ) : null}
          {told.url ? (
            <Documentation url={told.url}>{sourceName(view.source)}'s documentation</Documentation>
          ) : null}
        </Section>
      ) : null}
      {check ? null : (
        <Section title="Where it comes from">
          <p className="max-w-[62ch] text-14 text-pretty text-ink-soft">
            {view.source === "parapet"
              ? "Parapet found it with a check that has been retired since, so there is nothing to say on how to fix it."
              : `${sourceName(view.source)} found it by a check of its own (${view.checkId}). Parapet keeps what its report said, and follows it here.`}
          </p>
        </Section>
      )}
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
    </>
  );
}
