import type { Route } from "next";
import type { AccountsSearch } from "./search-params.ts";

/** The address of the list with some of what it shows changed; whatever is changed, paging begins anew. */
export function accountsHref(search: AccountsSearch, changes: Partial<AccountsSearch> = {}): Route {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...search, after: undefined, ...changes })) {
    if (value && value !== "attention") query.set(name, value);
  }
  return (query.size > 0 ? `/settings/accounts?${query}` : "/settings/accounts") as Route;
}

/** Open findings of one account. */
export const findingsOf = (accountId: string, severity?: string): Route =>
  `/findings?${severity ? `severity=${severity}&` : ""}account=${accountId}` as Route;
