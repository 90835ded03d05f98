"use client";
import { useId, useState, useTransition } from "react";
import { Button } from "#components/ui/button.tsx";
import { Input } from "#components/ui/field.tsx";
import type { RemediationLimits } from "#db/remediation/model.ts";
import { setLimitsAction } from "../actions.ts";

const rows = [
  {
    name: "maxResources",
    word: "Resources in one plan",
    about: "A larger selection has to be split into several plans.",
    unit: "",
    most: 500,
  },
  {
    name: "parallel",
    word: "Changed at the same time",
    about: "The others wait for their turn.",
    unit: "",
    most: 50,
  },
  {
    name: "stopAtFailedPercent",
    word: "Stop when so many failed",
    about: "The rest of the plan is then left alone.",
    unit: "%",
    most: 100,
  },
  {
    name: "expiryHours",
    word: "Time to approve and begin",
    about: "Counted from when a plan is sent. After that it has to be proposed anew.",
    unit: "hours",
    most: 720,
  },
] as const satisfies readonly {
  name: keyof RemediationLimits;
  word: string;
  about: string;
  unit: string;
  most: number;
}[];

type Draft = Record<keyof RemediationLimits, string>;

const draftOf = (limits: RemediationLimits): Draft => ({
  maxResources: String(limits.maxResources),
  parallel: String(limits.parallel),
  stopAtFailedPercent: String(limits.stopAtFailedPercent),
  expiryHours: String(limits.expiryHours),
});

const fits = (text: string, most: number): boolean =>
  /^\d{1,4}$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= most;

/** How much a plan may change, and how fast. */
export function LimitsForm({
  settings,
  may,
}: {
  settings: RemediationLimits & { revision: number };
  may: boolean;
}) {
  const id = useId();
  const [draft, setDraft] = useState(() => draftOf(settings));
  const [refusal, setRefusal] = useState<string>();
  const [pending, start] = useTransition();
  const changed = rows.some(({ name }) => draft[name].trim() !== String(settings[name]));
  const fine = rows.every(({ name, most }) => fits(draft[name], most));
  const save = () =>
    start(async () => {
      const result = await setLimitsAction(
        {
          maxResources: Number(draft.maxResources),
          parallel: Number(draft.parallel),
          stopAtFailedPercent: Number(draft.stopAtFailedPercent),
          expiryHours: Number(draft.expiryHours),
        },
        settings.revision,
      );
      setRefusal(result.ok ? undefined : result.message);
    });
  return (
    <form
      noValidate
      className="max-w-3xl"
      onSubmit={(event) => {
        event.preventDefault();
        if (!pending && changed && fine) save();
      }}
    >
      <dl className="border-t border-line">
        {rows.map(({ name, word, about, unit, most }) => {
          const wrong = !fits(draft[name], most);
          return (
            <div
              key={name}
              className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-b border-line py-3"
            >
              <dt className="min-w-0 flex-1 basis-56">
                {may ? (
                  <label htmlFor={`${id}${name}`} className="text-14 font-[540]">
                    {word}
                  </label>
                ) : (
                  <span className="text-14 font-[540]">{word}</span>
                )}
                <span className="mt-0.5 block text-13 text-pretty text-ink-soft">{about}</span>
                {wrong ? (
                  <span id={`${id}${name}problem`} role="alert" className="block text-13 text-danger">
                    A whole number, 1 to {most}.
                  </span>
                ) : null}
              </dt>
              <dd className="flex items-center gap-2 text-14">
                {may ? (
                  <span className="w-20">
                    <Input
                      id={`${id}${name}`}
                      inputMode="numeric"
                      maxLength={4}
                      readOnly={pending}
                      value={draft[name]}
                      aria-invalid={wrong || undefined}
                      aria-describedby={wrong ? `${id}${name}problem` : undefined}
                      className="text-right"
                      onChange={({ target }) => setDraft({ ...draft, [name]: target.value })}
                    />
                  </span>
                ) : (
                  settings[name].toLocaleString("en")
                )}
                <span className="w-11 text-13 text-ink-faint">{unit}</span>
              </dd>
            </div>
          );
        })}
      </dl>
      {refusal ? (
        <p role="alert" className="mt-3 text-13 text-pretty text-danger">
          {refusal}
        </p>
      ) : null}
      {changed ? (
        <div className="mt-4 flex flex-wrap gap-2">
          <Button type="submit" look="primary" disabled={!fine} aria-disabled={pending}>
            {pending ? "Saving…" : "Save the limits"}
          </Button>
          <Button
            look="plain"
            onClick={() => {
              setDraft(draftOf(settings));
              setRefusal(undefined);
            }}
          >
            Leave them as they were
          </Button>
        </div>
      ) : null}
    </form>
  );
}
