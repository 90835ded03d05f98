import type { Route } from "next";
import type { ChecksSearch } from "./search-params.ts";

/** The address of the catalogue with some of what it shows changed. */
export function checksHref(search: Partial<ChecksSearch>, changes: Partial<ChecksSearch> = {}): Route {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...search, ...changes })) {
    if (value && value !== "service") query.set(name, value);
  }
  return (query.size > 0 ? `/checks?${query}` : "/checks") as Route;
}

/** Findings of a check, those of one account or of all. */
export const findingsOfCheck = (checkId: string, accountId?: string): Route =>
  `/findings?check=${checkId}${accountId ? `&account=${accountId}` : ""}` as Route;
