"use client";
import { useRouter } from "next/navigation";
import { healthOrder, healthWord } from "#components/accounts/account-health.tsx";
import { cloudName } from "#components/findings/service-names.ts";
import { Select } from "#components/ui/field.tsx";
import type { AccountHealth } from "#db/accounts/queries.ts";
import { type Cloud, clouds } from "#lib/inventory/model.ts";
import { SearchBox } from "../../../../_shell/search-box.tsx";
import { accountsHref } from "../hrefs.ts";
import type { AccountsSearch } from "../search-params.ts";

/** Narrows a long list by words, cloud and health. */
export function AccountFilters({
  counts,
  search,
}: {
  counts: { clouds: Partial<Record<Cloud, number>>; healths: Partial<Record<AccountHealth, number>> };
  search: AccountsSearch;
}) {
  const router = useRouter();
  const go = (changes: Partial<AccountsSearch>) =>
    router.replace(accountsHref(search, changes), { scroll: false });
  return (
    <div className="flex flex-wrap items-center gap-2 px-4 pb-3 sm:px-6">
      <SearchBox
        q={search.q}
        label="Search accounts"
        placeholder="Name, id or environment"
        hrefOf={(q) => accountsHref(search, { q })}
      />
      <Select
        aria-label="Cloud"
        className="w-40 text-13 max-sm:flex-1"
        value={search.cloud ?? ""}
        onChange={({ target }) => go({ cloud: clouds.find((each) => each === target.value) })}
      >
        <option value="">All clouds</option>
        {clouds
          .filter((cloud) => counts.clouds[cloud])
          .map((cloud) => (
            <option key={cloud} value={cloud}>
              {cloudName(cloud)} ({counts.clouds[cloud]})
            </option>
          ))}
      </Select>
      <Select
        aria-label="Health"
        className="w-44 text-13 max-sm:flex-1"
        value={search.health ?? ""}
        onChange={({ target }) => go({ health: healthOrder.find((each) => each === target.value) })}
      >
        <option value="">Any health</option>
        {healthOrder
          .filter((health) => counts.healths[health])
          .map((health) => (
            <option key={health} value={health}>
              {healthWord(health)} ({counts.healths[health]})
            </option>
          ))}
      </Select>
    </div>
  );
}
