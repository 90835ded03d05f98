"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter, useSearchParams } from "next/navigation";
import { useCallback, useEffect, useRef } from "react";
import type { FindingRow } from "#db/findings/queries.ts";
import { findingKey } from "../../../_shell/query-keys.ts";
import { readJson } from "../../../_shell/read-json.ts";
import { FindingPanel } from "../_panel/finding-panel.tsx";
import type { PanelView } from "../_panel/panel-view.ts";
import { findingsHref } from "../hrefs.ts";
import type { FindingSearch } from "../search-params.ts";
import { FindingsTable } from "./findings-table.tsx";
import { Pager, type Paging } from "./pager.tsx";

/**
 * The table and the panel beside it. The panel's finding is in the address; moving it there by `j` and `k` asks for the
 * panel alone, never for the table again.
 */
export function FindingsWorkbench({
  rows,
  paging,
  search,
  opened,
  now,
}: {
  rows: FindingRow[];
  paging: Paging;
  search: FindingSearch;
  opened: PanelView | null;
  now: string;
}) {
  const router = useRouter();
  const client = useQueryClient();
  const chosen = useSearchParams().get("finding") ?? undefined;
  const panel = useRef<HTMLElement>(null);
  /** The row that `j` and `k` count from. */
  const cursor = useRef<string>(undefined);
  /** Opened by a click or Enter: reading goes on in the panel. Moving by `j` and `k` leaves focus where it is. */
  const entering = useRef(false);

  const fetchPanel = useCallback(
    (id: string) => ({
      queryKey: findingKey(id),
      queryFn: ({ signal }: { signal: AbortSignal }) => readJson<PanelView>(`/api/findings/${id}`, signal),
    }),
    [],
  );
  const show = useCallback(
    (finding: string | undefined) => {
      window.history.replaceState(null, "", findingsHref(search, { finding }));
    },
    [search],
  );
  const close = useCallback(() => {
    const last = chosen ?? cursor.current;
    show(undefined);
    if (last) document.getElementById(last)?.focus();
  }, [chosen, show]);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const elsewhere =
        event.target instanceof Element &&
        event.target.closest("input, textarea, select, dialog, [role=menu]");
      if (elsewhere || event.metaKey || event.ctrlKey || event.altKey) return;
      if (event.key === "Escape" && chosen) return close();
      const step = { j: 1, k: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      const at = rows.findIndex(({ id }) => id === (chosen ?? cursor.current));
      const next = at < 0 ? rows[0] : rows[at + step];
      if (!next) {
        const beyond = step > 0 ? paging.next : paging.previous;
        if (beyond)
          router.push(
            findingsHref(
              search,
              step > 0 ? { after: beyond, before: undefined } : { after: undefined, before: beyond },
            ),
          );
        return;
      }
      cursor.current = next.id;
      document.getElementById(next.id)?.scrollIntoView({ block: "nearest" });
      if (chosen) show(next.id);
      else document.getElementById(next.id)?.focus();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [chosen, close, paging, rows, router, search, show]);

  useEffect(() => {
    if (!chosen) return;
    cursor.current = chosen;
    if (entering.current) panel.current?.focus();
    entering.current = false;
    // The neighbours are read ahead, so that moving shows them at once.
    const at = rows.findIndex(({ id }) => id === chosen);
    for (const near of at < 0 ? [] : [rows[at + 1], rows[at - 1]]) {
      if (near) void client.prefetchQuery(fetchPanel(near.id));
    }
  }, [chosen, rows, client, fetchPanel]);

  return (
    <>
      <div className="@container">
        <FindingsTable
          rows={rows}
          chosen={chosen}
          hrefOf={(finding) => findingsHref(search, { finding })}
          onOpen={(id) => {
            entering.current = true;
            show(id);
          }}
          onNear={(id) => void client.prefetchQuery(fetchPanel(id))}
          now={now}
        />
        <Pager paging={paging} shown={rows.length} search={search} />
      </div>
      {chosen ? (
        <FindingPanel
          key={chosen}
          ref={panel}
          id={chosen}
          query={fetchPanel(chosen)}
          initial={opened?.id === chosen ? opened : undefined}
          onClose={close}
          now={now}
        />
      ) : null}
    </>
  );
}
