"use client";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useId, useState, useTransition } from "react";
import { Button } from "#components/ui/button.tsx";
import { Field, Input, Select } from "#components/ui/field.tsx";
import { makeReportAction } from "../actions.ts";

const dayMs = 86_400_000;
const stretches = [
  { value: "1", word: "The last 24 hours" },
  { value: "7", word: "The last 7 days" },
  { value: "30", word: "The last 30 days" },
  { value: "90", word: "The last 90 days" },
  { value: "custom", word: "From day to day" },
];

/** Asks for a period and makes its report, by the clocks of whoever asks. */
export function MakeReport() {
  const id = useId();
  const router = useRouter();
  const [stretch, setStretch] = useState("7");
  const [first, setFirst] = useState("");
  const [last, setLast] = useState("");
  const [problem, setProblem] = useState("");
  const [pending, start] = useTransition();
  const make = () => {
    const period = stretch === "custom" ? periodOf(first, last) : lastDays(Number(stretch));
    if (typeof period === "string") return setProblem(period);
    setProblem("");
    start(async () => {
      const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
      const result = await makeReportAction({ ...period, timeZone });
      if (result.ok) router.push(`/audit/reports/${result.value.reportId}` as Route);
      else setProblem(result.message);
    });
  };
  return (
    <form
      noValidate
      className="grid gap-3 px-4 sm:px-6"
      onSubmit={(event) => {
        event.preventDefault();
        if (!pending) make();
      }}
    >
      <div className="flex flex-wrap items-end gap-3">
        <Field label="Period" htmlFor={`${id}stretch`}>
          <Select
            id={`${id}stretch`}
            className="h-9 text-14 max-sm:h-10"
            value={stretch}
            onChange={({ target }) => setStretch(target.value)}
          >
            {stretches.map(({ value, word }) => (
              <option key={value} value={value}>
                {word}
              </option>
            ))}
          </Select>
        </Field>
        {stretch === "custom" ? (
          <>
            <Day id={`${id}first`} label="First day" value={first} onChange={setFirst} />
            <Day id={`${id}last`} label="Last day" value={last} onChange={setLast} />
          </>
        ) : null}
        <Button type="submit" look="primary" aria-disabled={pending}>
          {pending ? "Making it…" : "Make the report"}
        </Button>
      </div>
      {problem ? (
        <p role="alert" className="text-13 text-danger">
          {problem}
        </p>
      ) : null}
    </form>
  );
}

function Day({
  id,
  label,
  value,
  onChange,
}: {
  id: string;
  label: string;
  value: string;
  onChange: (value: string) => void;
}) {
  return (
    <Field label={label} htmlFor={id}>
      <Input id={id} type="date" value={value} onChange={({ target }) => onChange(target.value)} />
    </Field>
  );
}

const lastDays = (days: number) => {
  const now = Date.now();
  return { from: new Date(now - days * dayMs).toISOString(), to: new Date(now).toISOString() };
};

/** From the first moment of one day to the last of another, here; or what is wrong with them. */
function periodOf(first: string, last: string): { from: string; to: string } | string {
  if (!first || !last) return "Say the first and the last day.";
  if (last < first) return "The last day is before the first.";
  const [year = 0, month = 1, day = 1] = last.split("-").map(Number);
  return {
    from: new Date(`${first}T00:00:00`).toISOString(),
    to: new Date(year, month - 1, day + 1).toISOString(),
  };
}
