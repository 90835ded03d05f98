"use client";
import { useQueryClient } from "@tanstack/react-query";
import { Bookmark, Users } from "lucide-react";
import { lazy, type RefObject, Suspense, useState } from "react";
import { cx } from "#components/ui/class-names.ts";
import { Menu, MenuItem } from "#components/ui/menu.tsx";
import { showToast } from "#components/ui/toaster.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import type { SavedView } from "#db/triage/queries.ts";
import { findingsKeys } from "../_state/keys.ts";
import { followInPlace } from "../_state/search.ts";
import { updateViewAction } from "../actions.ts";
import { viewQuery } from "../hrefs.ts";
import type { FindingSearch } from "../search-params.ts";
import { goToView } from "./go-to-view.ts";
import { standingViews } from "./standing-views.ts";
import type { ViewAct } from "./view-dialog.tsx";

const ViewDialog = lazy(() => import("./view-dialog.tsx"));

/** Views that stand side by side; the rest are in the menu. */
const mostTabs = 5;

/** What one looks at often: views that everyone has, then saved ones. One that was changed since says so. */
export function ViewTabs({
  search,
  views,
  canShare,
  menu,
}: {
  search: FindingSearch;
  views: readonly SavedView[];
  canShare: boolean;
  menu: RefObject<HTMLSpanElement | null>;
}) {
  const client = useQueryClient();
  const [act, setAct] = useState<ViewAct>();
  const query = viewQuery(search);
  const begun = views.find(({ id }) => id === search.view);
  const modified = begun !== undefined && begun.query !== query;
  const tabs = [...views].sort((a, b) => Number(b.own) - Number(a.own)).slice(0, mostTabs);
  if (begun && !tabs.includes(begun)) tabs.splice(-1, 1, begun);
  const rest = views.filter((view) => !tabs.includes(view));
  const overwrite = async (view: SavedView) => {
    const result = await updateViewAction({ viewId: view.id, query });
    showToast(result.ok ? { text: "Saved as it is now." } : { text: result.message, tone: "danger" });
    await client.invalidateQueries({ queryKey: findingsKeys.views });
  };
  return (
    <div className="flex items-center gap-1 border-t border-line px-2 sm:px-4">
      <nav aria-label="Views" className="flex min-w-0 flex-1 gap-0.5 overflow-x-auto">
        {standingViews.map((view) => (
          <Tab key={view.name} query={view.query} chosen={!begun && view.query === query}>
            {view.name}
          </Tab>
        ))}
        {tabs.map((view) => (
          <Tab key={view.id} query={view.query} view={view.id} chosen={view === begun}>
            {view.shared ? <Users aria-label="shared" className="size-3 shrink-0 text-ink-faint" /> : null}
            <span className="max-w-48 truncate">
              <Untrusted text={view.name} limit={80} />
            </span>
            {view === begun && modified ? <span className="text-ink-faint">· modified</span> : null}
          </Tab>
        ))}
      </nav>
      <span ref={menu} className="flex shrink-0 items-center">
        <Menu
          label="Saved views"
          face={
            <>
              <Bookmark aria-hidden strokeWidth={1.6} className="size-4" />
              <span className="max-sm:hidden">Views</span>
            </>
          }
        >
          <MenuItem onSelect={() => setAct({ kind: "save" })}>Save this as a view…</MenuItem>
          {begun?.own ? (
            <>
              {modified ? (
                <MenuItem onSelect={() => void overwrite(begun)}>Save the changes to it</MenuItem>
              ) : null}
              <MenuItem onSelect={() => setAct({ kind: "edit", view: begun })}>Rename or share…</MenuItem>
              <MenuItem onSelect={() => setAct({ kind: "delete", view: begun })}>Delete…</MenuItem>
            </>
          ) : null}
          {begun && modified ? (
            <MenuItem onSelect={() => goToView(begun.query, begun.id)}>Back to how it was saved</MenuItem>
          ) : null}
          {rest.map((view) => (
            <MenuItem key={view.id} onSelect={() => goToView(view.query, view.id)}>
              <Untrusted text={view.name} limit={80} />
            </MenuItem>
          ))}
        </Menu>
      </span>
      {act ? (
        <Suspense>
          <ViewDialog act={act} query={query} canShare={canShare} onClose={() => setAct(undefined)} />
        </Suspense>
      ) : null}
    </div>
  );
}

function Tab({
  query,
  view,
  chosen,
  children,
}: {
  query: string;
  view?: string;
  chosen: boolean;
  children: React.ReactNode;
}) {
  const parts = [query, view ? `view=${view}` : ""].filter(Boolean).join("&");
  return (
    <a
      href={parts ? `/findings?${parts}` : "/findings"}
      onClick={followInPlace(() => goToView(query, view))}
      aria-current={chosen ? "true" : undefined}
      className={cx(
        "-mb-px inline-flex h-10 shrink-0 items-center gap-1.5 border-b-2 border-transparent px-2 text-13 whitespace-nowrap text-ink-soft transition-colors duration-120 hover:text-ink",
        "outline-offset-[-2px] aria-[current=true]:border-accent aria-[current=true]:font-[540] aria-[current=true]:text-ink",
      )}
    >
      {children}
    </a>
  );
}
