"use client";
import { useId } from "react";
import { countOf } from "#components/remediation/plan-words.ts";
import { ChoiceCards } from "#components/ui/choice-cards.tsx";
import { Notice } from "#components/ui/error-state.tsx";
import { Field, Textarea } from "#components/ui/field.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import { visibleText } from "#components/ui/visible-text.ts";
import { LeftOutList } from "./left-out.tsx";
import type { ParameterDraft } from "./parameter-draft.ts";
import { ParameterFields } from "./parameter-fields.tsx";
import { PlaybookFacts } from "./playbook-facts.tsx";
import type { FixOption, Proposal } from "./proposal.ts";

export type FormProblems = { reason?: string; parameters: Readonly<Record<string, string>> };

/** Which playbook, with which parameters, and why. */
export function FixForm({
  proposal,
  option,
  parameters,
  reason,
  problems,
  onPlaybook,
  onParameters,
  onReason,
}: {
  proposal: Proposal;
  option: FixOption;
  parameters: ParameterDraft;
  reason: string;
  problems: FormProblems;
  onPlaybook: (id: string) => void;
  onParameters: (draft: ParameterDraft) => void;
  onReason: (reason: string) => void;
}) {
  const id = useId();
  const { playbook } = option;
  const several = proposal.options.length > 1;
  return (
    <div className="grid gap-5">
      {several ? (
        <ChoiceCards
          legend="Playbook"
          name={`${id}playbook`}
          chosen={playbook.id}
          onChoose={onPlaybook}
          choices={proposal.options.map(({ playbook: each, taken, beyond }) => ({
            value: each.id,
            title: visibleText(each.title),
            text: `Fixes ${(taken.length + beyond.findings).toLocaleString("en")} of the ${countOf(proposal.chosen, "chosen finding")}`,
            mark: <PlaybookFacts playbook={each} />,
          }))}
        />
      ) : null}
      <section aria-label="The playbook" className="grid gap-2.5">
        {several ? null : (
          <div className="grid gap-2">
            <h3 className="text-14 font-[560]">
              <Untrusted text={playbook.title} />{" "}
              <span className="font-mono text-12 font-[400] text-ink-faint">{playbook.id}</span>
            </h3>
            <PlaybookFacts playbook={playbook} />
          </div>
        )}
        <p className="text-14 text-pretty text-ink-soft">
          <Untrusted text={playbook.description} limit={2_000} />
        </p>
        <Sentences title="Can't be undone" sentences={playbook.irreversible} />
        <Sentences title="Left to people" sentences={playbook.leftToPeople} />
      </section>
      <Extent proposal={proposal} option={option} />
      <ParameterFields
        specs={playbook.parameters}
        draft={parameters}
        problems={problems.parameters}
        onChange={onParameters}
      />
      <Field
        label="Why"
        htmlFor={`${id}reason`}
        hint="For whoever decides: why now, and whether anything depends on it being as it is."
        problem={problems.reason}
      >
        <Textarea
          id={`${id}reason`}
          required
          maxLength={2_000}
          value={reason}
          data-reason
          aria-invalid={problems.reason ? true : undefined}
          aria-describedby={problems.reason ? `${id}reason-problem` : undefined}
          onChange={({ target }) => onReason(target.value)}
        />
      </Field>
    </div>
  );
}

/** How much of what was chosen it takes, what it leaves, and why. */
function Extent({ proposal: { chosen, maxResources }, option }: { proposal: Proposal; option: FixOption }) {
  const { taken, resources, beyond, others } = option;
  return (
    <div className="grid gap-2.5">
      {chosen > 1 ? (
        <p className="text-14">
          This plan takes{" "}
          <strong className="font-[560]">
            {taken.length === chosen
              ? `all ${countOf(chosen, "finding")}`
              : `${taken.length} of the ${chosen} findings`}
          </strong>
          , on {countOf(resources, "resource")}.
        </p>
      ) : null}
      {beyond.resources > 0 ? (
        <Notice tone="gap">
          One plan may change {maxResources} resources, so that a mistake stays small. The first{" "}
          {maxResources} of your selection are taken; propose the other{" "}
          {beyond.resources.toLocaleString("en")} as a plan of their own afterwards.
        </Notice>
      ) : null}
      {others.length > 0 ? (
        <details className="group rounded border border-line bg-inset" open={chosen <= 3}>
          <summary className="flex min-h-9 list-none items-center gap-2.5 px-3.5 py-2 text-13 text-ink-soft max-sm:min-h-11">
            <span
              aria-hidden
              className="text-ink-faint transition-transform duration-120 group-open:rotate-90"
            >
              ›
            </span>
            {sum(others).toLocaleString("en")} of the chosen findings {sum(others) === 1 ? "is" : "are"} left
            out
          </summary>
          <div className="px-3.5 pb-3">
            <LeftOutList others={others} />
          </div>
        </details>
      ) : null}
    </div>
  );
}

const sum = (others: FixOption["others"]): number => others.reduce((all, { findings }) => all + findings, 0);

function Sentences({ title, sentences }: { title: string; sentences: readonly string[] }) {
  if (sentences.length === 0) return null;
  return (
    <div className="text-13">
      <p className="font-[540]">{title}</p>
      <ul className="mt-0.5 grid list-disc gap-0.5 pl-4 text-ink-soft marker:text-ink-faint">
        {sentences.map((sentence) => (
          <li key={sentence} className="text-pretty">
            <Untrusted text={sentence} limit={500} />
          </li>
        ))}
      </ul>
    </div>
  );
}
