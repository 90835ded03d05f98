"use client";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useId, useState } from "react";
import { Field, Input } from "#components/ui/field.tsx";
import { FormDialog } from "#components/ui/form-dialog.tsx";
import type { TrailSearch } from "../search-params.ts";

/** `2026-11-21T10:30` of a moment, in UTC, as the field has it. */
const fieldOf = (at: string | undefined): string => at?.slice(0, 16) ?? "";
const momentOf = (field: string): string | undefined => (field ? `${field}:00.000Z` : undefined);

/** Asks for a first and a last moment, in UTC as the trail tells them. */
export function CustomPeriod({
  search,
  hrefOf,
  onClose,
}: {
  search: TrailSearch;
  hrefOf: (changes: Partial<TrailSearch>) => Route;
  onClose: () => void;
}) {
  const id = useId();
  const router = useRouter();
  const [from, setFrom] = useState(fieldOf(search.from));
  const [to, setTo] = useState(fieldOf(search.to));
  const [problem, setProblem] = useState<string>();
  const choose = () => {
    if (!from) return setProblem("Say when it begins.");
    if (to && to <= from) return setProblem("It ends before it begins.");
    router.push(hrefOf({ period: "custom", from: momentOf(from), to: momentOf(to) }), { scroll: false });
    onClose();
  };
  return (
    <FormDialog onClose={onClose} title="A stretch of your own" onSubmit={choose} action="Show it">
      <Field label="From (UTC)" htmlFor={`${id}from`} problem={problem}>
        <Input
          id={`${id}from`}
          type="datetime-local"
          data-autofocus
          value={from}
          aria-invalid={problem ? true : undefined}
          aria-describedby={problem ? `${id}from-problem` : undefined}
          onChange={({ target }) => {
            setFrom(target.value);
            setProblem(undefined);
          }}
        />
      </Field>
      <Field label="To (UTC)" htmlFor={`${id}to`} hint="Left empty, it goes on up to now.">
        <Input
          id={`${id}to`}
          type="datetime-local"
          value={to}
          onChange={({ target }) => {
            setTo(target.value);
            setProblem(undefined);
          }}
        />
      </Field>
    </FormDialog>
  );
}
