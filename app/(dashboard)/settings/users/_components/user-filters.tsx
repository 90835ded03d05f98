"use client";
import { useRouter } from "next/navigation";
import { Select } from "#components/ui/field.tsx";
import { roleOrder, roleWords } from "#components/users/role-words.ts";
import { SearchBox } from "../../../../_shell/search-box.tsx";
import { usersHref } from "../hrefs.ts";
import type { UsersSearch } from "../search-params.ts";

const states = [
  ["active", "Can come in"],
  ["invited", "Invited"],
  ["disabled", "Disabled"],
] as const;

/** Narrows a long list by words, role and state. */
export function UserFilters({ search }: { search: UsersSearch }) {
  const router = useRouter();
  const go = (changes: Partial<UsersSearch>) => router.replace(usersHref(search, changes), { scroll: false });
  return (
    <div className="flex flex-wrap items-center gap-2 px-4 pb-3 sm:px-6">
      <SearchBox
        q={search.q}
        label="Search users"
        placeholder="Name or e-mail"
        hrefOf={(q) => usersHref(search, { q })}
      />
      <Select
        aria-label="Role"
        className="w-40 text-13 max-sm:flex-1"
        value={search.role ?? ""}
        onChange={({ target }) => go({ role: roleOrder.find((each) => each === target.value) })}
      >
        <option value="">Any role</option>
        {roleOrder.map((role) => (
          <option key={role} value={role}>
            {roleWords[role].title}
          </option>
        ))}
      </Select>
      <Select
        aria-label="State"
        className="w-40 text-13 max-sm:flex-1"
        value={search.state ?? ""}
        onChange={({ target }) => go({ state: states.find(([each]) => each === target.value)?.[0] })}
      >
        <option value="">Any state</option>
        {states.map(([state, word]) => (
          <option key={state} value={state}>
            {word}
          </option>
        ))}
      </Select>
    </div>
  );
}
