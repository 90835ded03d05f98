import { healthOrder } from "#components/accounts/account-health.tsx";
import type { AccountView } from "#db/accounts/queries.ts";
import type { AccountsSearch, AccountsSort } from "./search-params.ts";

type Compare = (a: AccountView, b: AccountView) => number;

const byName: Compare = (a, b) => a.name.localeCompare(b.name, "en") || a.id.localeCompare(b.id);

/** Weighs so that one of a severity counts for more than all of the next that people have. */
const gravity = ({ findings: { critical, high, medium, low } }: AccountView) =>
  critical * 1e12 + high * 1e8 + medium * 1e4 + low;

const orders: Readonly<Record<AccountsSort, Compare>> = {
  attention: (a, b) =>
    healthOrder.indexOf(a.health) - healthOrder.indexOf(b.health) || gravity(b) - gravity(a) || byName(a, b),
  name: byName,
  findings: (a, b) => gravity(b) - gravity(a) || byName(a, b),
  scanned: (a, b) => (b.lastScan?.startedAt ?? "").localeCompare(a.lastScan?.startedAt ?? "") || byName(a, b),
};

/** Those that the address asks for, in the order that it asks for. */
export function arrangeAccounts(accounts: readonly AccountView[], search: AccountsSearch): AccountView[] {
  const words = search.q.toLowerCase().split(/\s+/).filter(Boolean);
  return accounts
    .filter(({ cloud, health, name, externalId, environment }) => {
      const text = `${name} ${externalId} ${environment ?? ""}`.toLowerCase();
      return (
        (!search.cloud || cloud === search.cloud) &&
        (!search.health || health === search.health) &&
        words.every((word) => text.includes(word))
      );
    })
    .sort(orders[search.sort]);
}

const pageSize = 100;

/** One page of them; an `after` that isn't among them begins at the top. */
export function pageOf(
  accounts: readonly AccountView[],
  after: string | undefined,
): { shown: AccountView[]; before: number; next: string | null } {
  const before = accounts.findIndex(({ id }) => id === after) + 1;
  const shown = accounts.slice(before, before + pageSize);
  return { shown, before, next: before + shown.length < accounts.length ? (shown.at(-1)?.id ?? null) : null };
}

/** How many there are of each cloud and of each health, for whoever narrows the list. */
export function countAccounts(accounts: readonly Pick<AccountView, "cloud" | "health">[]) {
  return {
    clouds: countEach(accounts.map(({ cloud }) => cloud)),
    healths: countEach(accounts.map(({ health }) => health)),
  };
}

function countEach<K extends string>(values: readonly K[]): Partial<Record<K, number>> {
  const sums: Partial<Record<K, number>> = {};
  for (const value of values) sums[value] = (sums[value] ?? 0) + 1;
  return sums;
}

/** How the accounts are, in a sentence of plain words. */
export function sayAccounts(accounts: readonly Pick<AccountView, "health">[]): string {
  const count = (health: AccountView["health"]) => accounts.filter((each) => each.health === health).length;
  const [blind, gaps, fresh, off] = [
    count("unreachable"),
    count("gaps"),
    count("unscanned"),
    count("disabled"),
  ];
  const parts = [
    blind > 0 ? `${blind} can't be got into` : "",
    gaps > 0 ? `${gaps} can't be read whole` : "",
    fresh > 0 ? `${fresh} ${fresh === 1 ? "has" : "have"} not been scanned yet` : "",
    off > 0 ? `${off} ${off === 1 ? "is" : "are"} disabled` : "",
  ].filter(Boolean);
  if (parts.length === 0) return accounts.length === 1 ? "It is read whole." : "All of them are read whole.";
  const sentence = parts.length === 1 ? parts[0] : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
  return `${sentence}${count("good") > 0 ? "; the others are read whole." : "."}`;
}
