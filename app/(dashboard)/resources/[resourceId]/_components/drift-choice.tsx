"use client";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Select } from "#components/ui/field.tsx";
import { exactTime } from "#components/ui/relative-time.ts";
import { DriftBetween } from "./drift-list.tsx";

/** One state of a resource: until when it was so; null for as it is now. */
export type DriftState = { id: number; until: string | null; gone: boolean };

/** Any two states beside each other. */
export function DriftChoice({ resourceId, states }: { resourceId: string; states: readonly DriftState[] }) {
  const [open, setOpen] = useState(false);
  const [from, setFrom] = useState(states.at(-1)?.id ?? 0);
  const [to, setTo] = useState(0);
  const pick = (label: string, value: number, choose: (id: number) => void) => (
    <div className="grid min-w-0 gap-1 text-12 text-ink-faint">
      <span aria-hidden>{label}</span>
      <Select
        aria-label={label}
        value={value}
        className="w-64 max-w-full text-13 text-ink"
        onChange={({ target }) => choose(Number(target.value))}
      >
        {states.map(({ id, until, gone }) => (
          <option key={id} value={id}>
            {until === null ? "As it is now" : `Until ${exactTime(until)}`}
            {gone ? " (gone)" : ""}
          </option>
        ))}
      </Select>
    </div>
  );
  if (!open) {
    return (
      <Button size="sm" className="mt-3" onClick={() => setOpen(true)}>
        Compare any two states
      </Button>
    );
  }
  return (
    <section aria-label="Comparison" className="mt-4">
      <div className="flex flex-wrap items-end gap-3">
        {pick("Before", from, setFrom)}
        {pick("After", to, setTo)}
      </div>
      <DriftBetween resourceId={resourceId} from={from} to={to} />
    </section>
  );
}
