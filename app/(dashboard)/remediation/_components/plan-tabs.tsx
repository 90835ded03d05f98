import type { Route } from "next";
import Link from "next/link";
import { type RemediationSearch, remediationHref } from "../search-params.ts";

export function PlanTabs({ search, mayPropose }: { search: RemediationSearch; mayPropose: boolean }) {
  const tabs = [
    { show: "all", word: "All" },
    { show: "waiting", word: "Waiting" },
    { show: "active", word: "Under way" },
    { show: "ended", word: "Ended" },
    ...(mayPropose ? [{ show: "own", word: "Yours" } as const] : []),
  ] as const;
  return (
    <nav
      aria-label="Plans"
      className="-mx-4 mt-4 flex gap-5 overflow-x-auto border-b border-line px-4 sm:-mx-6 sm:px-6"
    >
      {tabs.map(({ show, word }) => (
        <Link
          key={show}
          href={remediationHref(search, { show }) as Route}
          aria-current={show === search.show ? "page" : undefined}
          className="-mb-px shrink-0 border-b-2 border-transparent py-3 text-14 text-ink-soft transition-colors duration-120 hover:text-ink aria-[current=page]:border-accent aria-[current=page]:font-[540] aria-[current=page]:text-ink"
        >
          {word}
        </Link>
      ))}
    </nav>
  );
}
