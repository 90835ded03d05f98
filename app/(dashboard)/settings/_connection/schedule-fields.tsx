"use client";
import { useEffect, useState } from "react";
import { usualSchedules } from "#components/accounts/say-schedule.ts";
import { Field, Input, Select } from "#components/ui/field.tsx";

export type ScheduleDraft = { schedule: string | null; timeZone: string };

const byHand = "by-hand";

/** When something happens by itself: one of the usual ways, an expression, or not at all. */
export function ScheduleFields({
  label,
  id,
  draft,
  onChange,
  problem,
  timeZoneProblem,
}: {
  label: string;
  id: string;
  draft: ScheduleDraft;
  onChange: (draft: ScheduleDraft) => void;
  problem: string | undefined;
  timeZoneProblem: string | undefined;
}) {
  const isUsual = usualSchedules.some(({ cron }) => cron === draft.schedule);
  const [writes, setWrites] = useState(draft.schedule !== null && !isUsual);
  const zones = useTimeZones();
  const chosen = writes ? byHand : (draft.schedule ?? "");
  const choose = (value: string) => {
    setWrites(value === byHand);
    if (value !== byHand) onChange({ ...draft, schedule: value === "" ? null : value });
    else if (draft.schedule === null) onChange({ ...draft, schedule: usualSchedules[0].cron });
  };
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <div className="grid content-start gap-2.5">
        <Field label={label} htmlFor={id} problem={writes ? undefined : problem}>
          <Select
            id={id}
            value={chosen}
            className="h-9 text-14"
            onChange={({ target }) => choose(target.value)}
          >
            {usualSchedules.map(({ cron, words }) => (
              <option key={cron} value={cron}>
                {words}
              </option>
            ))}
            <option value="">Only when asked</option>
            <option value={byHand}>By an expression…</option>
          </Select>
        </Field>
        {writes ? (
          <Field
            label="Cron expression"
            htmlFor={`${id}-cron`}
            problem={problem}
            hint="Minute, hour, day of the month, month, day of the week."
          >
            <Input
              id={`${id}-cron`}
              className="font-mono text-13"
              value={draft.schedule ?? ""}
              spellCheck={false}
              onChange={({ target }) => onChange({ ...draft, schedule: target.value })}
            />
          </Field>
        ) : null}
      </div>
      {draft.schedule === null ? null : (
        <Field label="Time zone" htmlFor={`${id}-zone`} problem={timeZoneProblem}>
          <Input
            id={`${id}-zone`}
            list={`${id}-zones`}
            value={draft.timeZone}
            spellCheck={false}
            autoComplete="off"
            onChange={({ target }) => onChange({ ...draft, timeZone: target.value })}
          />
          <datalist id={`${id}-zones`}>
            {zones.map((zone) => (
              <option key={zone} value={zone} />
            ))}
          </datalist>
        </Field>
      )}
    </div>
  );
}

/** Names of time zones; the browser's list, once there is a browser. */
function useTimeZones(): readonly string[] {
  const [zones, setZones] = useState<readonly string[]>(["UTC"]);
  useEffect(() => setZones(["UTC", ...Intl.supportedValuesOf("timeZone")]), []);
  return zones;
}
