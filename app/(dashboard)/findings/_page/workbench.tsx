"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useCallback, useMemo, useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Toaster } from "#components/ui/toaster.tsx";
import type { FindingRow, Person } from "#db/findings/model.ts";
import type { SavedView } from "#db/triage/queries.ts";
import type { FindingChange } from "#lib/findings/change-input.ts";
import { readJson } from "../../../_shell/read-json.ts";
import { useNow } from "../../../_shell/use-now.ts";
import { BulkBar } from "../_bulk/bulk-bar.tsx";
import { JobStrip } from "../_bulk/job-strip.tsx";
import { FacetRail } from "../_filters/facet-rail.tsx";
import type { ListHandle } from "../_list/list.tsx";
import { useNarrow } from "../_list/use-virtual-list.ts";
import { WorkbenchProvider } from "../_state/context.ts";
import { belongs } from "../_state/foresee.ts";
import type { Abilities, Initial, ScanState } from "../_state/initial.ts";
import { findingsKeys } from "../_state/keys.ts";
import { sayMatching } from "../_state/say-matching.ts";
import { useSearch } from "../_state/search.ts";
import { refreshAfter, type Target, useActs } from "../_state/use-acts.ts";
import { useArrivals } from "../_state/use-arrivals.ts";
import { useAsking } from "../_state/use-asking.ts";
import { useCursor } from "../_state/use-cursor.ts";
import { useFacets } from "../_state/use-facets.ts";
import { useItems } from "../_state/use-items.ts";
import { useJobs } from "../_state/use-jobs.ts";
import { useLive } from "../_state/use-live.ts";
import { usePanel } from "../_state/use-panel.ts";
import { useProposing } from "../_state/use-proposing.ts";
import { useSelection } from "../_state/use-selection.ts";
import { useWorkbenchKeys } from "../_state/use-workbench-keys.ts";
import { ViewTabs } from "../_views/view-tabs.tsx";
import { filterOf } from "../filter-of.ts";
import { filterQuery } from "../hrefs.ts";
import { Empty } from "./empty.tsx";
import { FindingsList } from "./findings-list.tsx";
import { Head } from "./head.tsx";
import { News } from "./notices.tsx";
import { Toolbar } from "./toolbar.tsx";

const FindingPanel = lazy(() => import("../_panel/finding-panel.tsx"));
const ActDialogs = lazy(() => import("../_dialogs/act-dialogs.tsx"));
const ProposeDialog = lazy(() => import("../../_propose/propose-dialog.tsx"));

/**
 * The list, what narrows it, the panel beside it, and what can be done. The address holds all of it; each part asks for
 * what it shows by itself, so that no change of a filter renders the page on the server again.
 */
export function Workbench({
  initial,
  me,
  people,
  abilities,
  scans,
  startedAt,
  phone,
}: {
  initial: Initial;
  me: Person;
  people: readonly Person[];
  abilities: Abilities;
  scans: ScanState;
  /** The server's clock, ISO. */
  startedAt: string;
  /** Whether the browser says that it is one of a phone. */
  phone: boolean;
}) {
  const client = useQueryClient();
  // What an earlier visit left behind is older than what the server has just sent.
  useState(() => client.removeQueries({ queryKey: findingsKeys.all, type: "inactive" }));
  const search = useSearch();
  const now = useNow(startedAt, 60_000);
  const narrow = useNarrow(phone);
  const facets = useFacets(filterQuery(search), initial.facets);
  const view = facets.data ?? initial.facets.view;
  const list = useItems(search, initial);
  const rows = useMemo(
    () => list.items.flatMap((item) => (item.kind === "row" ? [item.row] : [])),
    [list.items],
  );
  const filter = useMemo(() => filterOf(search, me.id), [search, me.id]);
  const selection = useSelection(list.of);
  const jobs = useJobs();
  const handle = useRef<ListHandle>(null);
  const inSight = useRef<readonly string[]>([]);
  const box = useRef<HTMLInputElement>(null);
  const views = useRef<HTMLSpanElement>(null);
  const cursor = useCursor(list.items, handle, search.finding);
  const panel = usePanel(list.items, search.finding, cursor.goTo);
  const { arrivals, settle } = useArrivals(filterQuery(search), view.total, !facets.isPlaceholderData);
  const acts = useActs({ people, onJob: jobs.begin, onDone: settle });
  useLive(inSight, search.finding);

  const rowOf = useCallback((id: string) => rows.find((row) => row.id === id), [rows]);
  const chosen = useCallback((): Target | null => {
    if (selection.all) return { kind: "all", filter, expected: view.total };
    if (selection.count > 0) return { kind: "named", ids: [...selection.ids] };
    const id = search.finding ?? cursor.row?.id;
    return id ? { kind: "named", ids: [id] } : null;
  }, [cursor.row, filter, search.finding, selection, view.total]);
  const asking = useAsking({ rowOf, chosen, matching: () => sayMatching(search, view) });
  const select = useCallback(
    (id: string, through: boolean) => selection.toggle(id, through ? rows.map((row) => row.id) : undefined),
    [rows, selection],
  );
  const isGone = useCallback((row: FindingRow) => !belongs(row, filter), [filter]);
  const gone = useMemo(() => (list.dimmed ? 0 : rows.filter(isGone).length), [isGone, list.dimmed, rows]);
  const perform = useCallback(
    async (change: FindingChange, target: Target) => {
      const began = await acts.perform(change, target);
      if (began && target.kind === "all") selection.clear();
    },
    [acts, selection],
  );
  const reload = useCallback(async () => {
    await list.reload();
    settle();
    window.scrollTo({ top: 0 });
  }, [list.reload, settle]);
  const titles = useMemo(
    () =>
      new Map(
        view.facets.find(({ name }) => name === "check")?.values.map((each) => [each.value, each.label]),
      ),
    [view],
  );
  const titleOf = useCallback((checkId: string) => titles.get(checkId) ?? checkId, [titles]);
  const see = useCallback(
    (from: number, to: number) => {
      inSight.current = list.items
        .slice(from, to + 1)
        .flatMap((item) => (item.kind === "row" ? [item.row.id] : []));
    },
    [list.items],
  );
  const proposing = useProposing({
    rows,
    selection,
    total: view.total,
    under: search.finding ?? cursor.row?.id,
    onDone: (ids) => void refreshAfter(client, ids),
  });
  useWorkbenchKeys({
    ...{ search, cursor, panel, selection, select, asking, abilities, box, views },
    propose: proposing.propose,
  });

  const context = useMemo(
    () => ({
      me,
      people,
      abilities,
      now,
      ask: asking.askFor,
      propose: proposing.proposeFor,
      changed: (id: string) => void refreshAfter(client, [id]),
    }),
    [abilities, asking.askFor, client, me, now, people, proposing.proposeFor],
  );
  const saved = useQuery({
    queryKey: findingsKeys.views,
    queryFn: ({ signal }) => readJson<{ views: SavedView[] }>("/api/findings/views", signal),
    initialData: { views: initial.views },
    staleTime: 60_000,
  });
  const opened = search.finding;
  return (
    <WorkbenchProvider value={context}>
      <div
        data-panelled={opened ? "" : undefined}
        className="lg:data-panelled:pr-[27rem] xl:data-panelled:pr-[33rem]"
      >
        <div className="@container/page">
          <Head search={search} view={view} scans={scans} />
          <ViewTabs search={search} views={saved.data.views} canShare={abilities.shareViews} menu={views} />
          <div className="flex min-h-[calc(100dvh-var(--top)-9rem)] border-t border-line">
            <FacetRail
              search={search}
              view={view}
              className="sticky top-(--top) h-[calc(100dvh-var(--top))] w-60 shrink-0 overflow-y-auto overscroll-contain border-r border-line @max-[52rem]/page:hidden"
            />
            <div className="min-w-0 flex-1 pb-20">
              <p id="findings-keys" className="sr-only">
                J and K move, Enter opens, Escape closes, question mark lists all keys.
              </p>
              <Toolbar
                search={search}
                view={view}
                box={box}
                nameOf={(id) => rows.find(({ resource }) => resource.id === id)?.resource.name ?? id}
              />
              {jobs.ids.map((id) => (
                <JobStrip
                  key={id}
                  id={id}
                  onEnd={(ended) => {
                    jobs.end(ended);
                    selection.clear();
                    void refreshAfter(client, inSight.current).then(reload);
                  }}
                  onUndo={(changeId) => void acts.undo([changeId], inSight.current)}
                />
              ))}
              <News arrivals={arrivals} gone={gone} onShow={() => void reload()} />
              {list.error ? (
                <ErrorState
                  title="The findings could not be read"
                  action={<Button onClick={() => void list.retry()}>Try again</Button>}
                >
                  {list.error.message}
                </ErrorState>
              ) : list.isEmpty ? (
                <Empty search={search} view={view} scans={scans} />
              ) : (
                <FindingsList
                  ref={handle}
                  search={search}
                  list={list}
                  rows={rows}
                  total={view.total}
                  selection={selection}
                  selectable={abilities.triage}
                  narrow={narrow}
                  kept={cursor.at}
                  now={now}
                  isGone={isGone}
                  titleOf={titleOf}
                  onOpen={panel.open}
                  onNear={panel.near}
                  onSelect={select}
                  onSight={see}
                />
              )}
            </div>
          </div>
        </div>
        {opened ? (
          <Suspense>
            <FindingPanel
              ref={panel.attach}
              id={opened}
              tab={search.tab}
              initial={initial.finding?.id === opened ? initial.finding : undefined}
              onClose={panel.close}
              onMove={cursor.move}
            />
          </Suspense>
        ) : null}
      </div>
      {selection.count > 0 && abilities.triage ? (
        <BulkBar
          count={selection.count}
          all={selection.all}
          total={view.total}
          loadedAll={rows.every(({ id }) => selection.ids.has(id))}
          abilities={abilities}
          onAct={asking.ask}
          onFix={proposing.propose}
          onAll={() => selection.chooseAll(rows.map(({ id }) => id))}
          onClear={selection.clear}
        />
      ) : null}
      {asking.asked ? (
        <Suspense>
          <ActDialogs
            key={asking.asked.act}
            asked={asking.asked}
            me={me}
            people={people}
            abilities={abilities}
            onTurn={asking.turn}
            onClose={asking.close}
            onPerform={perform}
          />
        </Suspense>
      ) : null}
      {proposing.asked ? (
        <Suspense>
          <ProposeDialog {...proposing.asked} now={now} onClose={proposing.close} />
        </Suspense>
      ) : null}
      <Toaster />
    </WorkbenchProvider>
  );
}
