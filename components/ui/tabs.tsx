"use client";
import { type KeyboardEvent, type ReactNode, useId, useState } from "react";

export type Tab = { id: string; label: string; content: ReactNode };

/**
 * Tabs of the WAI-ARIA pattern: arrows move between them, the panel follows. They keep to themselves which is chosen,
 * unless `chosen` and `onChoose` are given.
 */
export function Tabs({
  label,
  tabs,
  chosen: given,
  onChoose,
}: {
  label: string;
  tabs: readonly Tab[];
  chosen?: string | undefined;
  onChoose?: (id: string) => void;
}) {
  const [own, setOwn] = useState(tabs[0]?.id);
  const chosen = onChoose ? given : own;
  const setChosen = onChoose ?? setOwn;
  const base = useId();
  const current = tabs.find((tab) => tab.id === chosen) ?? tabs[0];
  const move = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step || !current) return;
    event.preventDefault();
    const next = tabs[(tabs.indexOf(current) + step + tabs.length) % tabs.length];
    if (!next) return;
    setChosen(next.id);
    document.getElementById(`${base}${next.id}`)?.focus();
  };
  if (!current) return null;
  return (
    <div>
      <div role="tablist" aria-label={label} onKeyDown={move} className="flex gap-4 border-b border-line">
        {tabs.map((tab) => (
          <button
            key={tab.id}
            id={`${base}${tab.id}`}
            type="button"
            role="tab"
            aria-selected={tab === current}
            aria-controls={`${base}panel`}
            tabIndex={tab === current ? 0 : -1}
            onClick={() => setChosen(tab.id)}
            className="-mb-px border-b-2 border-transparent py-2 text-13 text-ink-soft transition-colors duration-120 hover:text-ink aria-selected:border-accent aria-selected:font-[540] aria-selected:text-ink max-sm:py-3"
          >
            {tab.label}
          </button>
        ))}
      </div>
      <div id={`${base}panel`} role="tabpanel" aria-labelledby={`${base}${current.id}`} className="pt-3">
        {current.content}
      </div>
    </div>
  );
}
