"use client";
import { cloudName } from "#components/findings/service-names.ts";
import { riskWords } from "#components/remediation/plan-words.ts";
import { Checkbox } from "#components/ui/field.tsx";
import { severityWords } from "#components/ui/severity-mark.tsx";
import type { Severity } from "#lib/checks/model.ts";
import { clouds } from "#lib/inventory/model.ts";
import type { Risk } from "#lib/remediation/model.ts";
import type { PlaybookCategory, Prerequisite } from "#lib/remediation/playbook.ts";
import { categoryWords, prerequisiteWords } from "../playbook-words.ts";
import type { EditorDraft } from "./draft.ts";
import { Choose, Entry, ProblemLine, problemAt } from "./entry.tsx";
import type { Problems } from "./model.ts";

const entries = <K extends string>(words: Readonly<Record<K, string>>) =>
  Object.entries(words) as [K, string][];

type PartProps = {
  draft: EditorDraft;
  problems: Problems;
  onChange: (changes: Partial<EditorDraft>) => void;
};

/** What it is called, what it is about, and how it is weighed. */
export function AboutPart({ draft, problems, onChange, isNew }: PartProps & { isNew: boolean }) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
      <div className="grid grid-cols-[minmax(0,1fr)] gap-5 sm:grid-cols-2">
        {isNew ? (
          <Entry
            label="Id"
            mono
            maxLength={60}
            placeholder="ACME-BUCKET-TAGS"
            hint="Capitals and hyphens. It stays for good."
            value={draft.id}
            problem={problems.id}
            onChange={(id) => onChange({ id: id.toUpperCase() })}
          />
        ) : (
          <div>
            <p className="text-13 font-[540]">Id</p>
            <p className="mt-2 font-mono text-13">{draft.id}</p>
          </div>
        )}
        <Entry
          label="Title"
          maxLength={100}
          placeholder="Tag buckets with their owner"
          value={draft.title}
          problem={problems.title}
          onChange={(title) => onChange({ title })}
        />
      </div>
      <Entry
        label="What it changes"
        rows={3}
        maxLength={2_000}
        hint="In two or three sentences, for whoever proposes and approves."
        value={draft.description}
        problem={problems.description}
        onChange={(description) => onChange({ description })}
      />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-5 sm:grid-cols-2">
        <Choose<PlaybookCategory>
          label="Category"
          value={draft.category}
          choices={entries(categoryWords)}
          problem={problems.category}
          onChange={(category) => onChange({ category })}
        />
        <Choose<Severity>
          label="Severity of what it fixes"
          value={draft.severity}
          choices={entries(severityWords)}
          problem={problems.severity}
          onChange={(severity) => onChange({ severity })}
        />
        <Choose<Risk>
          label="Risk"
          value={draft.risk}
          choices={entries(riskWords)}
          hint="Whether it may interrupt something."
          problem={problems.risk}
          onChange={(risk) => onChange({ risk })}
        />
        <Choose<EditorDraft["approvals"]>
          label="Approvals"
          value={draft.approvals}
          choices={[
            ["0", "None, for low risk alone"],
            ["1", "One other person"],
            ["2", "Two other people"],
          ]}
          hint="What can't be undone always takes two."
          problem={problems.approvals}
          onChange={(approvals) => onChange({ approvals })}
        />
      </div>
      <fieldset>
        <legend className="mb-1 text-13 font-[540]">Clouds</legend>
        <div className="flex flex-wrap gap-x-6">
          {clouds.map((cloud) => (
            <Checkbox
              key={cloud}
              checked={draft.clouds.includes(cloud)}
              onChange={({ target }) =>
                onChange({
                  clouds: clouds.filter((each) =>
                    each === cloud ? target.checked : draft.clouds.includes(each),
                  ),
                })
              }
            >
              {cloudName(cloud)}
            </Checkbox>
          ))}
        </div>
        <ProblemLine>{problemAt(problems, "clouds")}</ProblemLine>
      </fieldset>
    </div>
  );
}

/** What has to be so beforehand, what stays for good, what is left to people. */
export function LimitsPart({ draft, problems, onChange }: PartProps) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
      <fieldset>
        <legend className="mb-1 text-13 font-[540]">Before anything is changed</legend>
        {entries<Prerequisite>(prerequisiteWords).map(([id, word]) => (
          <Checkbox
            key={id}
            checked={draft.prerequisites.includes(id)}
            onChange={({ target }) =>
              onChange({
                prerequisites: target.checked
                  ? [...draft.prerequisites, id]
                  : draft.prerequisites.filter((each) => each !== id),
              })
            }
          >
            {word}
          </Checkbox>
        ))}
      </fieldset>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-5 sm:grid-cols-2">
        <Entry
          label="What can't be undone"
          rows={3}
          maxLength={10_000}
          hint="One sentence a line; empty when everything can be rolled back."
          value={draft.irreversible}
          problem={problemAt(problems, "irreversible")}
          onChange={(irreversible) => onChange({ irreversible })}
        />
        <Entry
          label="What is left to people"
          rows={3}
          maxLength={10_000}
          hint="One sentence a line."
          value={draft.leftToPeople}
          problem={problemAt(problems, "leftToPeople")}
          onChange={(leftToPeople) => onChange({ leftToPeople })}
        />
      </div>
    </div>
  );
}
