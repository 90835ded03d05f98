"use client";
import { Button } from "#components/ui/button.tsx";
import { Checkbox, Field, Input, Select } from "#components/ui/field.tsx";
import type { PermissionChoice, TokenDraft } from "./create-token.tsx";

const lives = [7, 30, 90, 180, 365] as const;

/** What a token is called, what it may do, and when it ends. */
export function TokenFields({
  draft,
  onChange,
  choices,
  problems,
  now,
}: {
  draft: TokenDraft;
  onChange: (draft: TokenDraft) => void;
  choices: PermissionChoice[];
  problems: Readonly<Record<string, string>>;
  now: string;
}) {
  const { name, permissions, expiresInDays } = draft;
  const choose = (wanted: PermissionChoice[]) =>
    onChange({ ...draft, permissions: wanted.map(({ permission }) => permission) });
  const end = new Date(Date.parse(now) + expiresInDays * 86_400_000);
  return (
    <div className="grid gap-5">
      <div className="grid gap-5 sm:grid-cols-[minmax(0,1fr)_14rem]">
        <Field
          label="Name"
          htmlFor="token-name"
          hint="What will use it, so that you know later."
          problem={problems.name}
        >
          <Input
            id="token-name"
            value={name}
            maxLength={80}
            autoComplete="off"
            placeholder="Nightly report"
            aria-invalid={problems.name ? true : undefined}
            onChange={(event) => onChange({ ...draft, name: event.target.value })}
          />
        </Field>
        <Field
          label="Lives for"
          htmlFor="token-life"
          hint={`Until ${end.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" })}.`}
          problem={problems.expiresInDays}
        >
          <Select
            id="token-life"
            className="h-9 max-sm:h-10"
            value={expiresInDays}
            onChange={(event) => onChange({ ...draft, expiresInDays: Number(event.target.value) })}
          >
            {lives.map((days) => (
              <option key={days} value={days}>
                {days === 365 ? "a year" : `${days} days`}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <fieldset>
        <div className="flex flex-wrap items-center justify-between gap-2">
          <legend className="contents text-13 font-[540]">May</legend>
          <span className="flex gap-1">
            <Button
              look="plain"
              size="sm"
              onClick={() => choose(choices.filter(({ permission }) => permission.endsWith(":read")))}
            >
              Only read
            </Button>
            <Button look="plain" size="sm" onClick={() => choose(choices)}>
              All that I may
            </Button>
          </span>
        </div>
        <ul className="mt-1 grid gap-x-6 sm:grid-cols-2">
          {choices.map(({ permission, words }) => (
            <li key={permission}>
              <Checkbox
                className="items-start py-1.5"
                checked={permissions.includes(permission)}
                onChange={(event) =>
                  choose(
                    choices.filter((each) =>
                      each.permission === permission
                        ? event.target.checked
                        : permissions.includes(each.permission),
                    ),
                  )
                }
              >
                <span className="block leading-4">{words}</span>
                <span className="font-mono text-12 text-ink-faint">{permission}</span>
              </Checkbox>
            </li>
          ))}
        </ul>
        {problems.permissions ? (
          <p role="alert" className="mt-1 text-13 text-danger">
            {problems.permissions}
          </p>
        ) : null}
      </fieldset>
    </div>
  );
}
