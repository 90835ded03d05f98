"use client";
import { Field, Input } from "#components/ui/field.tsx";
import type { Problems } from "./use-connection-form.ts";

export type Naming = { name: string; environment: string };

/** What an account is called, and which environment it belongs to. */
export function NamingFields({
  naming,
  onChange,
  problems,
  environments,
  suggestedName,
}: {
  naming: Naming;
  onChange: (naming: Naming) => void;
  problems: Problems;
  /** Those in use, to pick from. */
  environments: readonly string[];
  /** What it is called when nothing is typed; undefined where something must be. */
  suggestedName?: string | undefined;
}) {
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <Field
        label={suggestedName === undefined ? "Name" : "Name (optional)"}
        htmlFor="account-name"
        hint={suggestedName === undefined ? undefined : "Left empty, it is called what its cloud calls it."}
        problem={problems.name}
      >
        <Input
          id="account-name"
          value={naming.name}
          maxLength={100}
          autoComplete="off"
          placeholder={suggestedName}
          aria-invalid={problems.name !== undefined}
          onChange={({ target }) => onChange({ ...naming, name: target.value })}
        />
      </Field>
      <Field label="Environment (optional)" htmlFor="account-environment" problem={problems.environment}>
        <Input
          id="account-environment"
          list="environments"
          value={naming.environment}
          maxLength={50}
          placeholder="production"
          autoComplete="off"
          aria-invalid={problems.environment !== undefined}
          onChange={({ target }) => onChange({ ...naming, environment: target.value })}
        />
        <datalist id="environments">
          {environments.map((each) => (
            <option key={each} value={each} />
          ))}
        </datalist>
      </Field>
    </div>
  );
}
