import type { ReactNode } from "react";
import { cx } from "./class-names.ts";

export type CardChoice<T extends string> = { value: T; title: string; text?: ReactNode; mark?: ReactNode };

/** One of a few, each with a line of what it means. */
export function ChoiceCards<T extends string>({
  legend,
  name,
  choices,
  chosen,
  onChoose,
  columns = 1,
}: {
  legend: string;
  name: string;
  choices: readonly CardChoice<T>[];
  chosen: T | undefined;
  onChoose: (value: T) => void;
  columns?: 1 | 2 | 3;
}) {
  return (
    <fieldset
      className={cx("grid gap-2", columns === 2 && "sm:grid-cols-2", columns === 3 && "sm:grid-cols-3")}
    >
      <legend className="sr-only">{legend}</legend>
      {choices.map(({ value, title, text, mark }) => (
        <label
          key={value}
          className="flex gap-3 rounded border border-line-strong bg-surface px-3.5 py-3 transition-colors duration-120 hover:border-edge has-checked:border-accent has-checked:bg-selected has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
        >
          <input
            type="radio"
            name={name}
            value={value}
            checked={chosen === value}
            onChange={() => onChoose(value)}
            className="mt-0.5 size-4 shrink-0 accent-accent outline-none"
          />
          <span className="min-w-0">
            <span className="flex flex-wrap items-center gap-x-2.5 gap-y-1 text-14 font-[540]">
              {title}
              {mark}
            </span>
            {text ? <span className="mt-0.5 block text-13 text-pretty text-ink-soft">{text}</span> : null}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
