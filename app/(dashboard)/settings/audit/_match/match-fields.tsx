"use client";
import { useId } from "react";
import { Checkbox, Field, Input } from "#components/ui/field.tsx";
import type { AuditResult } from "#db/audit/schema.ts";
import { type MatchDraft, problemOf } from "./match-draft.ts";

const words: Readonly<Record<AuditResult, string>> = {
  done: "What was done",
  failed: "What failed",
  refused: "What was refused",
};

/** Which entries: by action, kind of object and how they ended. */
export function MatchFields({
  draft,
  onChange,
  results,
  problems,
  path,
}: {
  draft: MatchDraft;
  onChange: (draft: MatchDraft) => void;
  /** Those that can be chosen. */
  results: readonly AuditResult[];
  problems: Readonly<Record<string, string>>;
  /** Where the match stands in the form's input. */
  path: string;
}) {
  const id = useId();
  const chosen = results.filter((result) => draft.results.includes(result));
  const resultProblem = problemOf(problems, `${path}.results`);
  return (
    <div className="grid gap-4">
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label="Actions"
          htmlFor={`${id}actions`}
          hint="Such as scan.*, user.invite. Empty for all."
          problem={problemOf(problems, `${path}.actions`)}
        >
          <Input
            id={`${id}actions`}
            value={draft.actions}
            maxLength={4_000}
            autoComplete="off"
            spellCheck={false}
            className="font-mono text-13"
            onChange={({ target }) => onChange({ ...draft, actions: target.value })}
          />
        </Field>
        <Field
          label="Kinds of object"
          htmlFor={`${id}kinds`}
          hint="Such as user, account. Empty for all."
          problem={problemOf(problems, `${path}.objectKinds`)}
        >
          <Input
            id={`${id}kinds`}
            value={draft.objectKinds}
            maxLength={2_000}
            autoComplete="off"
            spellCheck={false}
            className="font-mono text-13"
            onChange={({ target }) => onChange({ ...draft, objectKinds: target.value })}
          />
        </Field>
      </div>
      <fieldset>
        <legend className="text-13 font-[540]">Ended how</legend>
        <div className="mt-1 flex flex-wrap gap-x-6">
          {results.map((result) => (
            <Checkbox
              key={result}
              checked={chosen.includes(result)}
              onChange={({ target }) =>
                onChange({
                  ...draft,
                  results: results.filter((each) =>
                    each === result ? target.checked : chosen.includes(each),
                  ),
                })
              }
            >
              {words[result]}
            </Checkbox>
          ))}
        </div>
        {resultProblem ? (
          <p role="alert" className="mt-1 text-13 text-danger">
            {resultProblem}
          </p>
        ) : null}
      </fieldset>
    </div>
  );
}
