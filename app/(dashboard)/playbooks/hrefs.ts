import type { Route } from "next";
import type { PlaybooksSearch } from "./search-params.ts";

/** The address of the library with some of what it shows changed. */
export function playbooksHref(
  search: Partial<PlaybooksSearch>,
  changes: Partial<PlaybooksSearch> = {},
): Route {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...search, ...changes })) if (value) query.set(name, value);
  return (query.size > 0 ? `/playbooks?${query}` : "/playbooks") as Route;
}

export const playbookHref = (id: string): Route => `/playbooks/${encodeURIComponent(id)}` as Route;
