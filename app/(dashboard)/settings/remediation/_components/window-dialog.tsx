"use client";
import { useId, useState, useTransition } from "react";
import { Field, Input, Select } from "#components/ui/field.tsx";
import { FormDialog } from "#components/ui/form-dialog.tsx";
import type { ChangeWindow } from "#db/remediation/model.ts";
import { saveWindowAction } from "../actions.ts";
import { type WindowDraft, weekdays, windowProblems } from "../window-draft.ts";
import type { AccountChoice } from "./change-windows.tsx";

const zones = Intl.supportedValuesOf("timeZone");

/** Makes or changes a change window. */
export function WindowDialog({
  window,
  accounts,
  mayForAll,
  onClose,
}: {
  window: ChangeWindow | null;
  accounts: readonly AccountChoice[];
  mayForAll: boolean;
  onClose: () => void;
}) {
  const id = useId();
  const [draft, setDraft] = useState<WindowDraft>(() =>
    window
      ? { ...window, accountId: window.account?.id ?? null }
      : {
          accountId: mayForAll ? null : (accounts[0]?.id ?? null),
          days: [1, 2, 3, 4],
          start: "22:00",
          end: "04:00",
          timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
        },
  );
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const [refusal, setRefusal] = useState<string>();
  const [pending, start] = useTransition();
  const change = (next: Partial<WindowDraft>) => {
    setDraft({ ...draft, ...next });
    setProblems({});
    setRefusal(undefined);
  };
  const save = () => {
    const found = windowProblems(draft);
    setProblems(found);
    if (Object.keys(found).length > 0) return;
    start(async () => {
      const { accountId, days, start: from, end, timeZone } = draft;
      const result = await saveWindowAction({ accountId, days, start: from, end, timeZone }, window?.id);
      if (result.ok) return onClose();
      setProblems(result.fields);
      setRefusal(Object.keys(result.fields).length > 0 ? undefined : result.message);
    });
  };
  const invalid = (name: string) => ({
    "aria-invalid": problems[name] ? true : undefined,
    "aria-describedby": problems[name] ? `${id}${name}-problem` : undefined,
  });
  return (
    <FormDialog
      onClose={onClose}
      title={window ? "Change the window" : "Add a change window"}
      onSubmit={save}
      action={pending ? "Saving…" : "Save the window"}
      pending={pending}
    >
      <Field label="Account" htmlFor={`${id}account`} problem={problems.accountId}>
        <Select
          id={`${id}account`}
          data-autofocus
          className="h-9 text-14 max-sm:h-10"
          value={draft.accountId ?? ""}
          onChange={({ target }) => change({ accountId: target.value || null })}
        >
          {mayForAll ? <option value="">All accounts without one of their own</option> : null}
          {accounts.map((account) => (
            <option key={account.id} value={account.id}>
              {account.name}
            </option>
          ))}
        </Select>
      </Field>
      <fieldset>
        <legend className="mb-1.5 text-13 font-[540]">Opens on</legend>
        <div className="grid grid-cols-7 gap-1">
          {weekdays.map(([short, long], index) => {
            const day = index + 1;
            const chosen = draft.days.includes(day);
            return (
              <label
                key={short}
                className="flex h-9 items-center justify-center rounded border border-line-strong text-13 text-ink-soft has-checked:border-accent has-checked:bg-selected has-checked:font-[540] has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent max-sm:h-11"
              >
                <input
                  type="checkbox"
                  aria-label={long}
                  checked={chosen}
                  onChange={() =>
                    change({
                      days: chosen ? draft.days.filter((each) => each !== day) : [...draft.days, day],
                    })
                  }
                  className="sr-only"
                />
                <span aria-hidden>{short}</span>
              </label>
            );
          })}
        </div>
        {problems.days ? (
          <p role="alert" className="mt-1.5 text-13 text-danger">
            {problems.days}
          </p>
        ) : null}
      </fieldset>
      <div className="grid grid-cols-2 gap-3">
        <Field label="From" htmlFor={`${id}start`} problem={problems.start}>
          <Input
            id={`${id}start`}
            type="time"
            value={draft.start}
            onChange={({ target }) => change({ start: target.value })}
            {...invalid("start")}
          />
        </Field>
        <Field
          label="To"
          htmlFor={`${id}end`}
          problem={problems.end}
          hint={draft.end <= draft.start ? "On the next day." : undefined}
        >
          <Input
            id={`${id}end`}
            type="time"
            value={draft.end}
            onChange={({ target }) => change({ end: target.value })}
            {...invalid("end")}
          />
        </Field>
      </div>
      <Field
        label="Time zone"
        htmlFor={`${id}timeZone`}
        problem={problems.timeZone}
        hint="The window follows this place's clocks, summer time included."
      >
        <Input
          id={`${id}timeZone`}
          list={`${id}zones`}
          value={draft.timeZone}
          maxLength={60}
          autoComplete="off"
          spellCheck={false}
          onChange={({ target }) => change({ timeZone: target.value })}
          {...invalid("timeZone")}
        />
        <datalist id={`${id}zones`}>
          {["UTC", ...zones].map((zone) => (
            <option key={zone} value={zone} />
          ))}
        </datalist>
      </Field>
      {refusal ? (
        <p role="alert" className="text-13 text-pretty text-danger">
          {refusal}
        </p>
      ) : null}
    </FormDialog>
  );
}
