import type { FindingGroup } from "#db/findings/queries.ts";
import { type Severity, severities } from "#lib/checks/model.ts";
import type { FacetName } from "./hrefs.ts";
import type { FindingSearch } from "./search-params.ts";

export type FacetValue = { value: string; label: string; count: number; chosen: boolean };
export type Facet = { name: FacetName; label: string; values: FacetValue[] };

export type FacetSummary = {
  /** Findings that match every choice. */
  total: number;
  statuses: Record<"open" | "resolved" | "all", number>;
  /** By severity, with every choice but that of severity. */
  severities: Record<Severity, number>;
  facets: Facet[];
};

export type Labels = {
  cloud: (id: string) => string;
  account: (id: string) => string;
  service: (id: string) => string;
  check: (id: string) => string;
};

const facetValue: Readonly<Record<FacetName, (group: FindingGroup) => string>> = {
  severity: (group) => group.severity,
  // A check judges one cloud, and its id begins with it.
  cloud: (group) => group.checkId.split(".")[0] ?? "",
  account: (group) => group.accountId,
  service: (group) => group.service,
  region: (group) => group.region,
  check: (group) => group.checkId,
};

/** Sums groups into facets: each counts with the others' choices and without its own, as if nothing were chosen in it. */
export function summariseFacets(
  groups: readonly FindingGroup[],
  search: FindingSearch,
  labels: Labels,
): FacetSummary {
  const names = Object.keys(facetValue) as FacetName[];
  const counts = Object.fromEntries(names.map((name) => [name, new Map<string, number>()])) as Record<
    FacetName,
    Map<string, number>
  >;
  const statuses = { open: 0, resolved: 0, all: 0 };
  let total = 0;
  for (const group of groups) {
    const missed = names.filter((name) => !admits(search[name], facetValue[name](group)));
    const inStatus = search.status === "all" || group.status === search.status;
    if (missed.length === 0) {
      statuses[group.status] += group.count;
      statuses.all += group.count;
      if (inStatus) total += group.count;
    }
    if (!inStatus || missed.length > 1) continue;
    for (const name of missed.length === 1 ? missed : names) {
      const value = facetValue[name](group);
      counts[name].set(value, (counts[name].get(value) ?? 0) + group.count);
    }
  }
  const bySeverity = Object.fromEntries(
    severities.map((severity) => [severity, counts.severity.get(severity) ?? 0]),
  ) as Record<Severity, number>;
  const facet = (name: FacetName, label: string, labelOf: (value: string) => string): Facet => {
    const chosen: readonly string[] = search[name];
    const values = new Set([...counts[name].keys(), ...chosen]);
    return {
      name,
      label,
      values: [...values]
        .map((value) => ({
          value,
          label: labelOf(value),
          count: counts[name].get(value) ?? 0,
          chosen: chosen.includes(value),
        }))
        .sort((a, b) => b.count - a.count || a.label.localeCompare(b.label, "en")),
    };
  };
  return {
    total,
    statuses,
    severities: bySeverity,
    facets: [
      facet("cloud", "Cloud", labels.cloud),
      facet("account", "Account", labels.account),
      facet("service", "Service", labels.service),
      facet("region", "Region", (region) => region),
      facet("check", "Check", labels.check),
    ],
  };
}

const admits = (chosen: readonly string[], value: string) => chosen.length === 0 || chosen.includes(value);
