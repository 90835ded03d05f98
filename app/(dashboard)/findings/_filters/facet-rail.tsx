"use client";
import { useState } from "react";
import { cx } from "#components/ui/class-names.ts";
import { changeFilter } from "../_state/search.ts";
import type { Facet, FacetView } from "../facets.ts";
import { findingsHref, toggled } from "../hrefs.ts";
import type { FindingSearch } from "../search-params.ts";
import { Choice } from "./choice.tsx";

const shownAtFirst = 8;
/** From so many values on one can search among them. */
const manyValues = 16;

const stateRows = [
  ["open", "Open", 0],
  ["new", "New", 1],
  ["in_progress", "In progress", 1],
  ["muted", "Muted", 0],
  ["accepted", "Risk accepted", 0],
  ["resolved", "Resolved", 0],
  ["all", "All", 0],
] as const;

const dueRows = [
  ["overdue", "Overdue"],
  ["soon", "Within 7 days"],
] as const;

/** Everything one can narrow by, with what each choice would leave. */
export function FacetRail({
  search,
  view,
  className,
}: {
  search: FindingSearch;
  view: FacetView;
  className?: string;
}) {
  return (
    <section aria-label="Filters" className={cx("pt-4 pb-8", className)}>
      <h2 className="label-caps px-6 pb-1.5">State</h2>
      <ul className="px-3">
        {stateRows.map(([state, word, depth]) => (
          <li key={state} className={depth > 0 ? "pl-5" : undefined}>
            <Choice
              href={findingsHref(search, { state, finding: undefined })}
              onChoose={() => changeFilter({ state })}
              label={word}
              count={view.states[state]}
              chosen={search.state === state}
              round
            />
          </li>
        ))}
      </ul>
      <h2 className="label-caps mt-4 px-6 pb-1.5">Due</h2>
      <ul className="px-3">
        {dueRows.map(([due, word]) => {
          const next = search.due === due ? "any" : due;
          return (
            <li key={due}>
              <Choice
                href={findingsHref(search, { due: next, finding: undefined })}
                onChoose={() => changeFilter({ due: next })}
                label={word}
                count={view.due[due]}
                chosen={search.due === due}
              />
            </li>
          );
        })}
      </ul>
      {view.facets.map((facet) => (
        <FacetGroup key={facet.name} facet={facet} search={search} />
      ))}
    </section>
  );
}

function FacetGroup({ facet, search }: { facet: Facet; search: FindingSearch }) {
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState("");
  const chosen: readonly string[] = search[facet.name];
  // One tool, or one cloud, is nothing to choose from.
  if (
    facet.values.length === 0 ||
    (facet.values.length === 1 && chosen.length === 0 && quiet.has(facet.name))
  )
    return null;
  const matching = wanted
    ? facet.values.filter(({ label }) => label.toLowerCase().includes(wanted.toLowerCase()))
    : facet.values;
  const first = new Set(
    [
      ...matching.filter(({ value }) => chosen.includes(value)),
      ...matching.filter(({ value }) => !chosen.includes(value)),
    ].slice(0, Math.max(shownAtFirst, chosen.length)),
  );
  const shown = open ? matching.slice(0, 200) : matching.filter((value) => first.has(value));
  return (
    <div className="mt-4">
      <h2 className="label-caps px-6 pb-1.5">{facet.label}</h2>
      {open && facet.values.length >= manyValues ? (
        <input
          type="search"
          value={wanted}
          aria-label={`Search among ${facet.label.toLowerCase()}`}
          placeholder="Search"
          onChange={({ target }) => setWanted(target.value)}
          className="mx-6 mb-1 h-7 w-[calc(100%-3rem)] rounded-sm border border-edge bg-surface px-2 text-13 max-lg:h-10"
        />
      ) : null}
      <ul className="px-3">
        {shown.map(({ value, label, count }) => (
          <li key={value}>
            <Choice
              href={findingsHref(search, { finding: undefined, ...toggled(search, facet.name, value) })}
              onChoose={() => changeFilter(toggled(search, facet.name, value))}
              label={label}
              count={count}
              chosen={chosen.includes(value)}
            />
          </li>
        ))}
      </ul>
      {facet.values.length > first.size || open ? (
        <button
          type="button"
          aria-expanded={open}
          onClick={() => {
            setOpen(!open);
            setWanted("");
          }}
          className="mx-3 flex h-8 items-center rounded px-3 text-13 text-ink-faint hover:bg-hover hover:text-ink max-lg:min-h-10"
        >
          {open ? "Fewer" : `${(facet.values.length - first.size).toLocaleString("en")} more`}
        </button>
      ) : null}
    </div>
  );
}

const quiet = new Set<string>(["source", "owner"]);
