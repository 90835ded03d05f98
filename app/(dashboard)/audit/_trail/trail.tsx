"use client";
import dynamic from "next/dynamic";
import { type ReactNode, useCallback, useRef } from "react";
import { cx } from "#components/ui/class-names.ts";
import type { AuditPage } from "#db/audit/model.ts";
import { useNow } from "../../../_shell/use-now.ts";
import type { TrailSearch } from "../search-params.ts";
import { EntryList } from "./entry-list.tsx";
import { NoEntries } from "./no-entries.tsx";
import { TrailRefresh } from "./trail-refresh.tsx";
import { useEntries } from "./use-entries.ts";
import { useOpenEntry } from "./use-open-entry.ts";
import { useTrailKeys } from "./use-trail-keys.ts";

const EntryPanel = dynamic(() => import("../_panel/entry-panel.tsx"), { ssr: false });

/** The list, and beside it the entry that is open; what narrows it and its bars are given. */
export function Trail({
  search,
  query,
  first,
  now: initialNow,
  children,
}: {
  search: TrailSearch;
  query: string;
  first: AuditPage;
  now: string;
  children: ReactNode;
}) {
  const now = useNow(initialNow, 30_000);
  const list = useRef<HTMLDivElement>(null);
  const { entries, ...more } = useEntries(query, first);
  const { opened, open, close } = useOpenEntry();
  const move = useCallback(
    (step: 1 | -1) => {
      const at = entries.findIndex(({ id }) => id === opened);
      const next = entries[at < 0 ? 0 : at + step];
      if (next) open(next.id);
    },
    [entries, open, opened],
  );
  const leave = useCallback(() => {
    if (opened) list.current?.querySelector<HTMLElement>(`[data-entry="${CSS.escape(opened)}"]`)?.focus();
    close();
  }, [close, opened]);
  useTrailKeys({ opened, onMove: move, onClose: leave });
  return (
    <div className={cx("transition-[padding] duration-120", opened && "lg:pr-[27rem] xl:pr-[33rem]")}>
      <TrailRefresh />
      {children}
      {entries.length === 0 ? (
        <NoEntries search={search} />
      ) : (
        <div ref={list}>
          <EntryList entries={entries} opened={opened} onOpen={open} now={now} {...more} />
        </div>
      )}
      {opened ? (
        <EntryPanel
          id={opened}
          known={entries.find(({ id }) => id === opened)}
          now={now}
          onMove={move}
          onClose={leave}
        />
      ) : null}
    </div>
  );
}
