"use client";
import { type ReactNode, useId } from "react";
import { cx } from "#components/ui/class-names.ts";
import { Field, Input, Select, Textarea } from "#components/ui/field.tsx";

type Common = { label: string; hint?: ReactNode; problem?: string | undefined };

/** A field with its label, what it is for, and what is wrong with it. */
export function Entry({
  label,
  hint,
  problem,
  value,
  onChange,
  rows,
  mono = false,
  placeholder,
  maxLength = 1_000,
}: Common & {
  value: string;
  onChange: (value: string) => void;
  /** Of several lines. */
  rows?: number;
  mono?: boolean;
  placeholder?: string;
  maxLength?: number;
}) {
  const id = useId();
  const shared = {
    ...{ id, value, maxLength, placeholder, autoComplete: "off", spellCheck: !mono },
    "aria-invalid": problem ? true : undefined,
    "aria-describedby": problem ? `${id}-problem` : undefined,
  };
  return (
    <Field label={label} htmlFor={id} hint={hint} problem={problem}>
      {rows ? (
        <Textarea
          {...shared}
          rows={rows}
          className={cx("min-h-0", mono && "font-mono text-13")}
          onChange={({ target }) => onChange(target.value)}
        />
      ) : (
        <Input
          {...shared}
          className={mono ? "font-mono text-13" : undefined}
          onChange={({ target }) => onChange(target.value)}
        />
      )}
    </Field>
  );
}

/** One of a few words. */
export function Choose<T extends string>({
  label,
  hint,
  problem,
  value,
  choices,
  onChange,
}: Common & {
  value: T;
  choices: readonly (readonly [T, string])[];
  onChange: (value: T) => void;
}) {
  const id = useId();
  return (
    <Field label={label} htmlFor={id} hint={hint} problem={problem}>
      <Select
        id={id}
        className="h-9 text-14 max-sm:h-10"
        value={value}
        aria-invalid={problem ? true : undefined}
        onChange={({ target }) => {
          const found = choices.find(([each]) => each === target.value);
          if (found) onChange(found[0]);
        }}
      >
        {choices.map(([each, word]) => (
          <option key={each} value={each}>
            {word}
          </option>
        ))}
      </Select>
    </Field>
  );
}

/** What is wrong with a group of fields. */
export const ProblemLine = ({ children }: { children: string | undefined }) =>
  children ? (
    <p role="alert" className="mt-1.5 text-13 text-danger">
      {children}
    </p>
  ) : null;

/** The problem at a path, or at the first of those beneath it. */
export function problemAt(problems: Readonly<Record<string, string>>, path: string): string | undefined {
  if (problems[path]) return problems[path];
  const beneath = Object.keys(problems).find((each) => each.startsWith(`${path}.`));
  return beneath === undefined ? undefined : problems[beneath];
}
