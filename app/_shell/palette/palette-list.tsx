"use client";
import { Fragment, useEffect, useRef } from "react";
import { SeverityMark } from "#components/ui/severity-mark.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import type { Entry, EntryGroup } from "./entries.ts";

/** The list of a combobox: focus stays in its field, which hears the keys; `chosen` is the one that Enter takes. */
export function PaletteList({
  id,
  groups,
  chosen,
  onPoint,
  onTake,
}: {
  id: string;
  groups: readonly EntryGroup[];
  chosen: number;
  onPoint: (index: number) => void;
  onTake: (entry: Entry) => void;
}) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector(`[id="${id}-${chosen}"]`)?.scrollIntoView({ block: "nearest" });
  }, [id, chosen]);
  let index = -1;
  return (
    <div
      ref={list}
      id={id}
      role="listbox"
      aria-label="Results"
      tabIndex={-1}
      className="min-h-0 flex-1 overflow-y-auto overscroll-contain p-1.5 empty:hidden"
    >
      {groups.map(({ title, entries }) => (
        <Fragment key={title}>
          <div aria-hidden className="label-caps px-2.5 pt-2.5 pb-1">
            {title}
          </div>
          {entries.map((entry) => {
            index += 1;
            const own = index;
            return (
              <Option
                key={`${title}${entry.id}`}
                id={`${id}-${own}`}
                entry={entry}
                selected={own === chosen}
                onPoint={() => onPoint(own)}
                onTake={() => onTake(entry)}
              />
            );
          })}
        </Fragment>
      ))}
    </div>
  );
}

function Option({
  id,
  entry,
  selected,
  onPoint,
  onTake,
}: {
  id: string;
  entry: Entry;
  selected: boolean;
  onPoint: () => void;
  onTake: () => void;
}) {
  return (
    <div
      id={id}
      role="option"
      aria-selected={selected}
      tabIndex={-1}
      onPointerMove={selected ? undefined : onPoint}
      onPointerUp={onTake}
      className="flex min-h-9 cursor-pointer items-center gap-3 rounded-sm px-2.5 text-14 aria-selected:bg-selected max-sm:min-h-11"
    >
      {entry.severity ? <SeverityMark severity={entry.severity} terse /> : null}
      <span className="min-w-0 truncate">
        <Untrusted text={entry.title} limit={120} />
      </span>
      {entry.hint ? (
        <span className="ml-auto max-w-[50%] min-w-0 shrink-0 truncate text-right text-12 text-ink-faint">
          <Untrusted text={entry.hint} limit={120} />
        </span>
      ) : null}
    </div>
  );
}
