"use client";
import { Field, Input } from "#components/ui/field.tsx";
import type { StretchDraft } from "../stretch.ts";

/** The first and the last day of a time; either may be left open. */
export function StretchFields({
  id,
  draft,
  problem,
  onChange,
}: {
  id: string;
  draft: StretchDraft;
  problem?: string | undefined;
  onChange: (draft: StretchDraft) => void;
}) {
  return (
    <div className="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
      <Field label="First day (UTC)" htmlFor={`${id}first`} hint="Empty: from the beginning.">
        <Input
          id={`${id}first`}
          type="date"
          value={draft.first}
          onChange={({ target }) => onChange({ ...draft, first: target.value })}
        />
      </Field>
      <Field label="Last day (UTC)" htmlFor={`${id}last`} hint="Empty: without end." problem={problem}>
        <Input
          id={`${id}last`}
          type="date"
          value={draft.last}
          aria-invalid={problem ? true : undefined}
          aria-describedby={problem ? `${id}last-problem` : undefined}
          onChange={({ target }) => onChange({ ...draft, last: target.value })}
        />
      </Field>
    </div>
  );
}
