"use client";
import { useId, useState, useTransition } from "react";
import { Checkbox, Field, Input, Select } from "#components/ui/field.tsx";
import { FormDialog } from "#components/ui/form-dialog.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import type { ReportPlan } from "#lib/audit/reports/model.ts";
import { setReportPlanAction } from "../actions.ts";
import { hourOf, weekdays } from "../say-report.ts";

const hours = Array.from({ length: 24 }, (_, hour) => hour);

/** Days, hours, the place and who gets the reports. */
export function ScheduleDialog({
  plan,
  readers,
  onClose,
}: {
  plan: ReportPlan;
  readers: readonly { id: string; name: string }[];
  onClose: () => void;
}) {
  const id = useId();
  const [daily, setDaily] = useState(plan.daily !== null);
  const [dailyHour, setDailyHour] = useState(plan.daily?.hour ?? 6);
  const [weekly, setWeekly] = useState(plan.weekly !== null);
  const [weekday, setWeekday] = useState(plan.weekly?.weekday ?? 1);
  const [weeklyHour, setWeeklyHour] = useState(plan.weekly?.hour ?? 6);
  const [timeZone, setTimeZone] = useState(
    plan.revision > 0 ? plan.timeZone : Intl.DateTimeFormat().resolvedOptions().timeZone,
  );
  const known = readers.map((reader) => reader.id);
  const [recipients, setRecipients] = useState(plan.recipients.filter((each) => known.includes(each)));
  const [problem, setProblem] = useState<{ message: string; timeZone?: string | undefined }>();
  const [pending, start] = useTransition();
  const save = () =>
    start(async () => {
      const result = await setReportPlanAction({
        timeZone: timeZone.trim(),
        daily: daily ? { hour: dailyHour } : null,
        weekly: weekly ? { weekday, hour: weeklyHour } : null,
        ...{ recipients, revision: plan.revision },
      });
      if (result.ok) onClose();
      else setProblem({ message: result.message, timeZone: result.fields.timeZone });
    });
  return (
    <FormDialog
      onClose={onClose}
      title="Reports on schedule"
      onSubmit={save}
      action={pending ? "Saving…" : "Save the schedule"}
      pending={pending}
    >
      <fieldset className="grid gap-2">
        <Checkbox checked={daily} data-autofocus onChange={({ target }) => setDaily(target.checked)}>
          Every day, of the day before
        </Checkbox>
        {daily ? (
          <Hour
            id={`${id}daily`}
            label="Hour of the daily report"
            value={dailyHour}
            onChange={setDailyHour}
          />
        ) : null}
      </fieldset>
      <fieldset className="grid gap-2">
        <Checkbox checked={weekly} onChange={({ target }) => setWeekly(target.checked)}>
          Every week, of the seven days before
        </Checkbox>
        {weekly ? (
          <div className="flex flex-wrap gap-3">
            <Field label="Day of the weekly report" htmlFor={`${id}weekday`}>
              <Select
                id={`${id}weekday`}
                className="h-9 text-14 max-sm:h-10"
                value={weekday}
                onChange={({ target }) => setWeekday(Number(target.value))}
              >
                {weekdays.map((day, at) => (
                  <option key={day} value={at + 1}>
                    {day}
                  </option>
                ))}
              </Select>
            </Field>
            <Hour
              id={`${id}weekly`}
              label="Hour of the weekly report"
              value={weeklyHour}
              onChange={setWeeklyHour}
            />
          </div>
        ) : null}
      </fieldset>
      <Field
        label="Time zone"
        htmlFor={`${id}zone`}
        hint="Such as Europe/Vienna. Days begin and hours strike as they do there."
        problem={problem?.timeZone}
      >
        <Input
          id={`${id}zone`}
          value={timeZone}
          spellCheck={false}
          aria-invalid={problem?.timeZone ? true : undefined}
          onChange={({ target }) => setTimeZone(target.value)}
        />
      </Field>
      <fieldset className="grid gap-1">
        <legend className="mb-1 text-13 font-[540]">Sent by e-mail to</legend>
        {readers.map((reader) => (
          <Checkbox
            key={reader.id}
            checked={recipients.includes(reader.id)}
            onChange={({ target }) =>
              setRecipients((now) =>
                target.checked ? [...now, reader.id] : now.filter((each) => each !== reader.id),
              )
            }
          >
            <Untrusted text={reader.name} limit={80} />
          </Checkbox>
        ))}
        <p className="text-13 text-ink-faint">Only who may read the whole trail can be chosen.</p>
      </fieldset>
      {problem && !problem.timeZone ? (
        <p role="alert" className="text-13 text-danger">
          {problem.message}
        </p>
      ) : null}
    </FormDialog>
  );
}

function Hour({
  id,
  label,
  value,
  onChange,
}: {
  id: string;
  label: string;
  value: number;
  onChange: (hour: number) => void;
}) {
  return (
    <Field label={label} htmlFor={id}>
      <Select
        id={id}
        className="h-9 w-32 text-14 max-sm:h-10"
        value={value}
        onChange={({ target }) => onChange(Number(target.value))}
      >
        {hours.map((hour) => (
          <option key={hour} value={hour}>
            {hourOf(hour)}
          </option>
        ))}
      </Select>
    </Field>
  );
}
