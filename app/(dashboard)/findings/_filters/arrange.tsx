"use client";
import { Columns3 } from "lucide-react";
import { useId, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Checkbox, Select } from "#components/ui/field.tsx";
import { columnLayouts } from "../_list/columns.ts";
import { changeFilter, changeSearch } from "../_state/search.ts";
import { columnChoices, groupChoices, sortChoices, usualColumns } from "../choices.ts";
import type { FindingSearch } from "../search-params.ts";

const sortWords = {
  severity: "Gravest first",
  newest: "Newest first",
  oldest: "Oldest first",
  due: "Due first",
} as const;
const groupWords = {
  none: "Not grouped",
  check: "By check",
  resource: "By resource",
  account: "By account",
  owner: "By owner tag",
} as const;

/** In which order, grouped how, with which columns. */
export function Arrange({ search }: { search: FindingSearch }) {
  return (
    <>
      <Select
        aria-label="Group by"
        value={search.group}
        className="w-34 text-13 max-sm:w-0 max-sm:flex-1"
        onChange={({ target }) => {
          const group = groupChoices.find((each) => each === target.value);
          if (group) changeFilter({ group });
        }}
      >
        {groupChoices.map((group) => (
          <option key={group} value={group}>
            {groupWords[group]}
          </option>
        ))}
      </Select>
      <Select
        aria-label="Sort by"
        value={search.sort}
        className="w-34 text-13 max-sm:w-0 max-sm:flex-1"
        onChange={({ target }) => {
          const sort = sortChoices.find((each) => each === target.value);
          if (sort) changeFilter({ sort }, "replace");
        }}
      >
        {sortChoices.map((sort) => (
          <option key={sort} value={sort}>
            {sortWords[sort]}
          </option>
        ))}
      </Select>
      <Columns search={search} />
    </>
  );
}

/** Which columns are shown; there is room for them all only on a wide screen. */
function Columns({ search }: { search: FindingSearch }) {
  const id = useId();
  const [edge, setEdge] = useState({ top: 0, right: 0 });
  const toggle = (column: (typeof columnChoices)[number]) => {
    const next = columnChoices.filter((each) =>
      each === column ? !search.columns.includes(each) : search.columns.includes(each),
    );
    changeSearch({ columns: next.length > 0 ? next : [...usualColumns] }, "replace");
  };
  return (
    <span className="max-sm:hidden">
      <Button
        size="sm"
        popoverTarget={id}
        onClick={({ currentTarget }) => {
          const { bottom, right } = currentTarget.getBoundingClientRect();
          setEdge({ top: bottom + 6, right: document.documentElement.clientWidth - right });
        }}
      >
        <Columns3 aria-hidden strokeWidth={1.6} className="size-4" />
        Columns
      </Button>
      <fieldset
        id={id}
        popover="auto"
        style={edge}
        className="fixed inset-auto m-0 w-48 rounded border border-line-strong bg-surface px-3 py-2 text-ink shadow-float open:fade-in"
      >
        <legend className="sr-only">Columns</legend>
        {columnChoices.map((column) => (
          <Checkbox key={column} checked={search.columns.includes(column)} onChange={() => toggle(column)}>
            {columnLayouts[column].word}
          </Checkbox>
        ))}
      </fieldset>
    </span>
  );
}
