"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { readJson } from "../../../_shell/read-json.ts";
import type { FacetView } from "../facets.ts";
import type { Initial } from "./initial.ts";
import { findingsKeys } from "./keys.ts";

/** Counts of what the address narrows to; those of before stay until the new ones are there. */
export function useFacets(query: string, initial: Initial["facets"]) {
  return useQuery({
    queryKey: findingsKeys.facets(query),
    queryFn: ({ signal }) => readJson<FacetView>(`/api/findings/facets?${query}`, signal),
    ...(initial.query === query ? { initialData: initial.view } : {}),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
}
