import { z } from "zod";
import { severities } from "#lib/checks/model.ts";
import { clouds } from "#lib/inventory/model.ts";
import {
  columnChoices,
  dueChoices,
  groupChoices,
  panelTabs,
  scanChanges,
  sortChoices,
  sourceChoices,
  stateChoices,
  usualColumns,
} from "./choices.ts";
import { splitWords } from "./words.ts";

const words = (limit = 50) =>
  z
    .string()
    .transform((text) => splitWords(text, limit))
    .catch([]);

/** Those of a closed list that are named, in the list's order. */
const someOf = <T extends string>(all: readonly T[]) =>
  words(all.length * 2).transform((named) => all.filter((each) => named.includes(each)));

const optional = z.string().min(1).max(200).optional().catch(undefined);

/** What the list shows lives in the address; a value that makes no sense there is read as if it were absent. */
export const findingSearch = z.object({
  state: z.enum(stateChoices).catch("open"),
  severity: someOf(severities),
  cloud: someOf(clouds),
  account: words(),
  service: words(),
  region: words(),
  check: words(),
  /** Ids of users, `me` and `nobody`. */
  assignee: words(),
  /** Owner tags; empty for resources that name no owner. */
  owner: words(),
  source: someOf(sourceChoices),
  resource: words(),
  due: z.enum(dueChoices).catch("any"),
  q: z.string().trim().max(200).catch(""),
  /** Only what this scan changed; `change` says how. */
  scan: optional,
  change: z.enum(scanChanges).catch("opened"),
  sort: z.enum(sortChoices).catch("severity"),
  group: z.enum(groupChoices).catch("none"),
  columns: someOf(columnChoices).transform((chosen) => (chosen.length > 0 ? chosen : [...usualColumns])),
  /** The saved view that one started from. */
  view: optional,
  /** The finding whose panel is open, and the panel's tab. */
  finding: optional,
  tab: z.enum(panelTabs).catch("finding"),
});
export type FindingSearch = z.output<typeof findingSearch>;

export type RawSearch = Record<string, string | string[] | undefined>;

/** Links from before findings had states say `status`. */
export const parseFindingSearch = (raw: RawSearch): FindingSearch => {
  const single = Object.fromEntries(
    Object.entries(raw).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
  );
  return findingSearch.parse({ ...single, state: single.state ?? single.status });
};

/** The same of an address's query, as the API is asked with. */
export const parseFindingQuery = (params: URLSearchParams): FindingSearch =>
  parseFindingSearch(Object.fromEntries([...params].toReversed()));
