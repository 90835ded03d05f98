"use client";
import { useId } from "react";
import { Checkbox, Field, Input, Select, Textarea } from "#components/ui/field.tsx";
import type { ParameterSpec } from "#lib/remediation/playbook.ts";
import type { ParameterDraft, Specs } from "./parameter-draft.ts";

/** A form for whatever parameters a playbook asks for. */
export function ParameterFields({
  specs,
  draft,
  problems,
  onChange,
}: {
  specs: Specs;
  draft: ParameterDraft;
  problems: Readonly<Record<string, string>>;
  onChange: (draft: ParameterDraft) => void;
}) {
  return Object.entries(specs).map(([name, spec]) => (
    <ParameterField
      key={name}
      spec={spec}
      value={draft[name] ?? ""}
      problem={problems[name]}
      onChange={(value) => onChange({ ...draft, [name]: value })}
    />
  ));
}

type FieldProps = {
  spec: ParameterSpec;
  value: string | boolean;
  problem: string | undefined;
  onChange: (value: string | boolean) => void;
};

function ParameterField({ spec, value, problem, onChange }: FieldProps) {
  const id = useId();
  if (spec.type === "boolean") {
    return (
      <div>
        <Checkbox
          checked={value === true}
          aria-describedby={`${id}help`}
          onChange={({ target }) => onChange(target.checked)}
        >
          <span className="font-[540]">{spec.title}</span>
        </Checkbox>
        <p id={`${id}help`} className="pl-6.5 text-13 text-pretty text-ink-faint">
          {spec.help}
        </p>
      </div>
    );
  }
  const optional = (spec.type === "text" || spec.type === "number") && spec.optional;
  const shared = {
    id,
    value: String(value),
    "aria-invalid": problem ? true : undefined,
    "aria-describedby": problem ? `${id}-problem` : undefined,
  };
  return (
    <Field
      label={optional ? `${spec.title} (optional)` : spec.title}
      htmlFor={id}
      hint={spec.help}
      problem={problem}
    >
      {spec.type === "choice" ? (
        <Select
          {...shared}
          className="h-9 text-14 max-sm:h-10"
          onChange={({ target }) => onChange(target.value)}
        >
          {spec.default === undefined ? <option value="">Choose…</option> : null}
          {spec.choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.title}
            </option>
          ))}
        </Select>
      ) : spec.type === "list" ? (
        <Textarea
          {...shared}
          rows={3}
          placeholder="One per line"
          spellCheck={false}
          className="min-h-18 font-mono text-13"
          onChange={({ target }) => onChange(target.value)}
        />
      ) : (
        <Input
          {...shared}
          inputMode={spec.type === "number" ? "decimal" : undefined}
          autoComplete="off"
          spellCheck={false}
          maxLength={spec.type === "text" ? (spec.maxLength ?? 1_000) : 20}
          className={spec.type === "number" ? "max-w-40 text-right" : undefined}
          onChange={({ target }) => onChange(target.value)}
        />
      )}
    </Field>
  );
}
