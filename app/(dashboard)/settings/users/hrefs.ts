import type { Route } from "next";
import type { UsersSearch } from "./search-params.ts";

/** The address of the list with some of what it shows changed. */
export function usersHref(search: UsersSearch, changes: Partial<UsersSearch> = {}): Route {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...search, ...changes })) {
    if (value) query.set(name, value);
  }
  return (query.size > 0 ? `/settings/users?${query}` : "/settings/users") as Route;
}
