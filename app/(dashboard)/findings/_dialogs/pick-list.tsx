"use client";
import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from "react";
import { Input } from "#components/ui/field.tsx";

export type Pick = { id: string; words: string; face: ReactNode; chosen?: boolean };

/** A list to pick one of, narrowed by typing: arrows move, Enter picks (the combobox pattern, its list always open). */
export function PickList({
  label,
  picks,
  onPick,
}: {
  label: string;
  picks: readonly Pick[];
  onPick: (id: string) => void;
}) {
  const base = useId();
  const list = useRef<HTMLDivElement>(null);
  const [wanted, setWanted] = useState("");
  const [at, setAt] = useState(0);
  const shown = picks.filter(({ words }) => words.toLowerCase().includes(wanted.trim().toLowerCase()));
  const current = shown[Math.min(at, shown.length - 1)];
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && shown.length > 0) {
      event.preventDefault();
      const next = (Math.min(at, shown.length - 1) + step + shown.length) % shown.length;
      setAt(next);
      list.current?.children[next]?.scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter" && current) {
      event.preventDefault();
      onPick(current.id);
    }
  };
  return (
    <div>
      <Input
        data-autofocus
        role="combobox"
        aria-label={label}
        aria-expanded
        aria-controls={`${base}list`}
        aria-activedescendant={current ? `${base}${current.id}` : undefined}
        placeholder={label}
        value={wanted}
        maxLength={100}
        onChange={({ target }) => {
          setWanted(target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div
        ref={list}
        id={`${base}list`}
        role="listbox"
        aria-label={label}
        tabIndex={-1}
        className="mt-2 -mx-2 grid max-h-72 overflow-y-auto"
      >
        {shown.map((pick, index) => (
          <div
            key={pick.id}
            id={`${base}${pick.id}`}
            role="option"
            aria-selected={pick === current}
            tabIndex={-1}
            onPointerMove={() => setAt(index)}
            onClick={() => onPick(pick.id)}
            onKeyDown={onKeyDown}
            className="flex min-h-9 cursor-pointer items-center justify-between gap-3 rounded-sm px-2 text-13 aria-selected:bg-selected max-sm:min-h-11"
          >
            <span className="flex min-w-0 items-center gap-2">{pick.face}</span>
            {pick.chosen ? <span className="text-12 text-ink-faint">now</span> : null}
          </div>
        ))}
      </div>
      {shown.length === 0 ? <p className="px-1 py-3 text-13 text-ink-soft">Nothing is called so.</p> : null}
    </div>
  );
}
