"use client";
import type { Route } from "next";
import { Button, LinkButton } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import type { ScanState } from "../_state/initial.ts";
import { changeFilter } from "../_state/search.ts";
import type { FacetView } from "../facets.ts";
import { hasFilters, withoutFilters } from "../hrefs.ts";
import type { FindingSearch } from "../search-params.ts";

/** Why the list is empty, and the one step that changes it. */
export function Empty({ search, view, scans }: { search: FindingSearch; view: FacetView; scans: ScanState }) {
  if (hasFilters(search)) {
    return (
      <EmptyState
        title="Nothing matches these filters"
        action={
          <>
            <Button onClick={() => changeFilter(withoutFilters)}>Clear all filters</Button>
            {view.states.all > 0 && search.state !== "all" ? (
              <Button onClick={() => changeFilter({ state: "all" })}>Look in every state</Button>
            ) : null}
          </>
        }
      >
        {view.states.all > 0
          ? `${view.states.all.toLocaleString("en")} would match in another state.`
          : "Take one off, or search for a part of a name."}
      </EmptyState>
    );
  }
  if (view.states.all === 0 && scans.runningId) {
    return (
      <EmptyState
        title="A scan is reading your accounts"
        action={
          <LinkButton look="primary" href={`/scans/${scans.runningId}` as Route}>
            Watch it
          </LinkButton>
        }
      >
        What it finds appears here piece by piece. Nothing has been found so far.
      </EmptyState>
    );
  }
  if (view.states.all === 0 && !scans.hasEnded) {
    return (
      <EmptyState
        title="Nothing has been scanned yet"
        action={
          <LinkButton look="primary" href="/scans">
            Go to scans
          </LinkButton>
        }
      >
        After a scan, each thing that is not as it should be stands here once: what it is, why it matters and
        how to mend it.
      </EmptyState>
    );
  }
  if (search.state === "resolved") {
    return (
      <EmptyState title="Nothing has been resolved yet">
        A finding moves here by itself once a scan has seen it mended, and back if it returns.
      </EmptyState>
    );
  }
  if (search.state === "muted" || search.state === "accepted" || search.state === "in_progress") {
    const [title, text] = others[search.state];
    return <EmptyState title={title}>{text}</EmptyState>;
  }
  return (
    <EmptyState title="All clear">
      Nothing is left to work on. Scans go on looking; what turns up will stand here.
    </EmptyState>
  );
}

const others = {
  muted: [
    "Nothing is muted",
    "A finding that is muted rests here until its time is over, with who muted it and why.",
  ],
  accepted: [
    "No risk is accepted",
    "Where mending costs more than it saves, an analyst asks and a manager accepts, until a date. Those findings stand here.",
  ],
  in_progress: ["Nothing is in progress", "Set a finding to in progress when somebody has begun to mend it."],
} as const;
