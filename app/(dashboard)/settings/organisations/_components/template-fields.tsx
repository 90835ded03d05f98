"use client";
import { ChoiceCards } from "#components/ui/choice-cards.tsx";
import { Field, Input } from "#components/ui/field.tsx";
import type { Cloud } from "#lib/inventory/model.ts";
import type { Problems } from "../../_connection/use-connection-form.ts";

/** How members are reached, while it is being filled in. */
export type TemplateDraft = { type: string; roleName: string; externalId: string; accountName: string };

export function templateDraftOf(
  cloud: Cloud,
  template: Readonly<Record<string, unknown>> | null,
): TemplateDraft {
  const text = (value: unknown) => (typeof value === "string" ? value : "");
  return {
    type: text(template?.type) || (cloud === "aws" ? "role" : "same"),
    roleName: text(template?.roleName),
    externalId: text(template?.externalId),
    accountName: text(template?.accountName),
  };
}

/** The template that a draft makes; `before` says what no form shows. */
export function templateOf(
  { type, roleName, externalId, accountName }: TemplateDraft,
  before: Readonly<Record<string, unknown>> | null,
): Record<string, unknown> {
  if (type === "role") {
    const partition = before?.partition === undefined ? {} : { partition: before.partition };
    const id = externalId.trim() ? { externalId: externalId.trim() } : {};
    return { type, roleName: roleName.trim(), ...id, ...partition };
  }
  return type === "service_account" ? { type, accountName: accountName.trim() } : { type };
}

export function TemplateFields({
  cloud,
  draft,
  onChange,
  problems,
}: {
  cloud: Cloud;
  draft: TemplateDraft;
  onChange: (draft: TemplateDraft) => void;
  problems: Problems;
}) {
  if (cloud === "azure") {
    return (
      <p className="max-w-[64ch] text-14 text-pretty text-ink-soft">
        Subscriptions are reached by the same service principal. Give it its role on a management group, and
        it holds for those that come later too.
      </p>
    );
  }
  const line = (
    name: "roleName" | "externalId" | "accountName",
    label: string,
    hint: string,
    placeholder: string,
  ) => (
    <Field label={label} htmlFor={`template-${name}`} hint={hint} problem={problems[`template.${name}`]}>
      <Input
        id={`template-${name}`}
        className="font-mono text-13"
        value={draft[name]}
        placeholder={placeholder}
        spellCheck={false}
        autoComplete="off"
        aria-invalid={problems[`template.${name}`] !== undefined}
        onChange={({ target }) => onChange({ ...draft, [name]: target.value })}
      />
    </Field>
  );
  if (cloud === "aws") {
    return (
      <div className="grid gap-5 sm:grid-cols-2">
        {line(
          "roleName",
          "The role's name in every account",
          "A stack set makes it in all of them.",
          "parapet-read",
        )}
        {line("externalId", "External id (optional)", "What every role's trust policy asks for.", "")}
      </div>
    );
  }
  return (
    <>
      <ChoiceCards
        legend="How projects are reached"
        name="template"
        columns={2}
        chosen={draft.type}
        onChoose={(type) => onChange({ ...draft, type })}
        choices={[
          {
            value: "same",
            title: "By the same identity",
            text: "It has its role on the folder or organisation.",
          },
          {
            value: "service_account",
            title: "By a service account in each",
            text: "Of one name in every project.",
          },
        ]}
      />
      {draft.type === "service_account"
        ? line(
            "accountName",
            "The service account's name",
            "The part of its e-mail before the @.",
            "parapet-read",
          )
        : null}
    </>
  );
}
