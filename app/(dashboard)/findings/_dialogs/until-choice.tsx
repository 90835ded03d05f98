"use client";
import { useId, useState } from "react";
import { Input } from "#components/ui/field.tsx";
import { dayOf } from "../_state/say-change.ts";
import { dateOf, endOfDay, inDays } from "./dates.ts";

/** A day: one of a few at so many days from now, or one of one's own. */
export function UntilChoice({
  legend,
  days,
  value,
  onChange,
  most,
}: {
  legend: string;
  days: readonly number[];
  /** ISO. */
  value: string;
  onChange: (until: string) => void;
  /** Days from now that may be chosen at most. */
  most: number;
}) {
  const name = useId();
  const [own, setOwn] = useState(!days.some((each) => inDays(each) === value));
  const look =
    "relative flex h-9 cursor-pointer items-center rounded border border-line-strong bg-surface px-3 text-13 hover:border-edge has-checked:border-accent has-checked:bg-selected has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent max-sm:h-11";
  return (
    <fieldset>
      <legend className="text-13 font-[540]">{legend}</legend>
      <div className="mt-1.5 flex flex-wrap gap-2">
        {days.map((each) => (
          <label key={each} className={look}>
            <input
              type="radio"
              name={name}
              className="absolute inset-0 cursor-pointer opacity-0"
              checked={!own && inDays(each) === value}
              onChange={() => {
                setOwn(false);
                onChange(inDays(each));
              }}
            />
            {each} days
          </label>
        ))}
        <label className={look}>
          <input
            type="radio"
            name={name}
            className="absolute inset-0 cursor-pointer opacity-0"
            checked={own}
            onChange={() => setOwn(true)}
          />
          A date
        </label>
      </div>
      {own ? (
        <Input
          type="date"
          aria-label={legend}
          required
          value={dateOf(value)}
          min={dateOf(inDays(0))}
          max={dateOf(inDays(most))}
          onChange={({ target }) => (target.value ? onChange(endOfDay(target.value)) : undefined)}
          className="mt-2"
        />
      ) : (
        <p className="mt-1.5 text-13 text-ink-faint">{dayOf(value)}</p>
      )}
    </fieldset>
  );
}
