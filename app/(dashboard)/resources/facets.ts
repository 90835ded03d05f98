import { cloudName, serviceName } from "#components/findings/service-names.ts";
import { kindWord } from "#components/resources/kind-words.ts";
import type { ResourceFacetCount, ResourceFacetCounts } from "#db/resources/model.ts";
import { type FacetName, facetNames, facetWords } from "./hrefs.ts";
import type { ResourceSearch } from "./search-params.ts";

export type FacetValue = { value: string; label: string; count: number; chosen: boolean };
export type Facet = { name: FacetName; label: string; values: FacetValue[] };

/** The counts under the words that the reader knows; what is chosen stays in sight when nothing has it any more. */
export function viewFacets(
  counts: ResourceFacetCounts,
  search: ResourceSearch,
  accounts: readonly { id: string; name: string }[],
): Facet[] {
  const names = new Map(accounts.map(({ id, name }) => [id, name]));
  const labels: Record<FacetName, (value: string) => string> = {
    cloud: cloudName,
    account: (id) => names.get(id) ?? id,
    service: serviceName,
    kind: kindWord,
    region: (region) => region,
    owner: (owner) => owner || "No owner",
  };
  const of: Record<FacetName, readonly ResourceFacetCount[]> = {
    cloud: counts.clouds,
    account: counts.accounts,
    service: counts.services,
    kind: counts.kinds,
    region: counts.regions,
    owner: counts.owners,
  };
  return facetNames.map((name) => {
    const chosen: readonly string[] = search[name];
    const missing = chosen.filter((value) => !of[name].some((each) => each.value === value));
    const values = [...of[name], ...missing.map((value) => ({ value, count: 0 }))];
    return {
      name,
      label: facetWords[name],
      values: values.map(({ value, count }) => ({
        value,
        label: labels[name](value),
        count,
        chosen: chosen.includes(value),
      })),
    };
  });
}
