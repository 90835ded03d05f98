"use client";
import type { ReactNode } from "react";
import { Badge } from "#components/ui/badge.tsx";
import { ChoiceCards } from "#components/ui/choice-cards.tsx";
import { Field, Input, Select, Textarea } from "#components/ui/field.tsx";
import type { Cloud } from "#lib/inventory/model.ts";
import { type Draft, problemAt } from "./draft.ts";
import { type FieldSpec, methodOf, methodsOf } from "./methods.ts";

/** How an account is reached: the way in, and what that way takes. */
export function ConnectionFields({
  cloud,
  draft,
  onChange,
  problems,
  storedSecrets = [],
  between,
}: {
  cloud: Cloud;
  draft: Draft;
  onChange: (draft: Draft) => void;
  problems: Readonly<Record<string, string>>;
  /** Names of secrets that need not be typed again. */
  storedSecrets?: readonly string[];
  /** What stands between the choice of the way in and its fields. */
  between?: ReactNode;
}) {
  const method = methodOf(cloud, draft.type);
  return (
    <div className="grid gap-5">
      <ChoiceCards
        legend="How Parapet gets in"
        name="connection-type"
        chosen={method.type}
        onChoose={(type) => onChange({ ...draft, type })}
        choices={methodsOf[cloud].map(({ type, title, text, isRecommended }) => ({
          value: type,
          title,
          text,
          mark: isRecommended ? <Badge tone="accent">Recommended</Badge> : undefined,
        }))}
      />
      {between}
      {method.fields.map((field) => (
        <SpecField
          key={field.name}
          field={field}
          value={draft.values[field.name] ?? ""}
          problem={problemAt(problems, "connection", field)}
          onChange={(value) => onChange({ ...draft, values: { ...draft.values, [field.name]: value } })}
        />
      ))}
      {method.secrets.map((field) => (
        <SpecField
          key={field.name}
          field={field}
          isSecret
          isStored={storedSecrets.includes(field.name)}
          value={draft.secrets[field.name] ?? ""}
          problem={problemAt(problems, "secrets", field)}
          onChange={(value) => onChange({ ...draft, secrets: { ...draft.secrets, [field.name]: value } })}
        />
      ))}
    </div>
  );
}

function SpecField({
  field,
  value,
  problem,
  onChange,
  isSecret = false,
  isStored = false,
}: {
  field: FieldSpec;
  value: string;
  problem: string | undefined;
  onChange: (value: string) => void;
  isSecret?: boolean;
  isStored?: boolean;
}) {
  const id = `connection-${field.name}`;
  const common = {
    id,
    value,
    spellCheck: false,
    autoCapitalize: "off",
    autoComplete: "off",
    "aria-invalid": problem !== undefined,
    "aria-describedby": problem === undefined ? undefined : `${id}-problem`,
    placeholder: isStored ? "Stored. Leave empty to keep it." : field.placeholder,
    onChange: ({ target }: { target: { value: string } }) => onChange(target.value),
  };
  const hint = isSecret
    ? `${field.hint ? `${field.hint} ` : ""}It is sealed before it is stored, and never shown again.`
    : field.hint;
  return (
    <Field
      label={field.isOptional ? `${field.label} (optional)` : field.label}
      htmlFor={id}
      hint={hint}
      problem={problem}
    >
      {field.kind === "choice" ? (
        <Select id={id} value={value} onChange={common.onChange} className="h-9 text-14">
          {(field.choices ?? []).map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </Select>
      ) : field.kind === "line" ? (
        <Input
          {...common}
          type={isSecret ? "password" : "text"}
          // Not a password of the person's own: browsers are not to offer one, nor to keep this.
          autoComplete={isSecret ? "new-password" : "off"}
          className={isSecret ? "" : "font-mono text-13"}
        />
      ) : (
        <Textarea {...common} rows={field.kind === "json" ? 8 : 4} className="font-mono text-13" />
      )}
    </Field>
  );
}
