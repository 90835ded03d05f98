import type { FacetCounts } from "#db/findings/model.ts";
import { type Severity, severities } from "#lib/checks/model.ts";
import { type FacetName, me, nobody, type StateChoice, stateChoices } from "./choices.ts";
import { statesOf } from "./filter-of.ts";
import type { FindingSearch } from "./search-params.ts";

export type FacetValue = { value: string; label: string; count: number };
export type Facet = { name: FacetName; label: string; values: FacetValue[] };

/** What can be narrowed by, with how many findings each choice would leave; plain JSON, with every label in it. */
export type FacetView = {
  /** Findings that match every choice. */
  total: number;
  states: Record<StateChoice, number>;
  /** By severity, with every choice but that of severity. */
  severities: Record<Severity, number>;
  due: { overdue: number; soon: number };
  facets: Facet[];
};

export type Labels = {
  cloud: (id: string) => string;
  account: (id: string) => string;
  service: (id: string) => string;
  check: (id: string) => string;
  source: (id: string) => string;
};

type Counted = { value: string; count: number; name?: string };

/** Gives each count its label; what is chosen stays in sight when nothing has it any more. */
export function labelFacets(
  counts: FacetCounts,
  search: FindingSearch,
  labels: Labels,
  userId: string,
): FacetView {
  const states = new Map(counts.states.map(({ value, count }) => [value, count]));
  const inStates = (choice: StateChoice) =>
    choice === "all"
      ? [...states.values()].reduce((sum, count) => sum + count, 0)
      : statesOf[choice].reduce((sum, state) => sum + (states.get(state) ?? 0), 0);
  const bySeverity = new Map(counts.severities.map(({ value, count }) => [value, count]));
  const facet = (
    name: FacetName,
    label: string,
    counted: readonly Counted[],
    labelOf: (value: string, given?: string) => string,
  ): Facet => {
    const missing = search[name].filter((value) => !counted.some((each) => each.value === value));
    return {
      name,
      label,
      values: [...counted, ...missing.map((value): Counted => ({ value, count: 0 }))]
        .map(({ value, count, name: given }) => ({ value, label: labelOf(value, given), count }))
        .sort((a, b) => b.count - a.count || a.label.localeCompare(b.label, "en")),
    };
  };
  const assignees = counts.assignees.map(({ value, ...rest }) => ({
    ...rest,
    value: value === "" ? nobody : value === userId ? me : value,
  }));
  return {
    total: counts.total,
    states: Object.fromEntries(stateChoices.map((each) => [each, inStates(each)])) as FacetView["states"],
    severities: Object.fromEntries(
      severities.map((each) => [each, bySeverity.get(each) ?? 0]),
    ) as FacetView["severities"],
    due: counts.due,
    facets: [
      facet("cloud", "Cloud", counts.clouds, labels.cloud),
      facet("account", "Account", counts.accounts, labels.account),
      facet("service", "Service", counts.services, labels.service),
      facet("region", "Region", counts.regions, (region) => region),
      facet("check", "Check", counts.checks, labels.check),
      facet("assignee", "Assignee", assignees, (value, name) =>
        value === me ? "Me" : value === nobody ? "Nobody" : (name ?? value),
      ),
      facet("owner", "Owner tag", counts.owners, (owner) => owner || "None"),
      facet("source", "Found by", counts.sources, labels.source),
    ],
  };
}
