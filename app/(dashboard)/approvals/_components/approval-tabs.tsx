import type { Route } from "next";
import Link from "next/link";
import type { ApprovalsSearch } from "../search-params.ts";

/** What waits, what one asked for oneself, what was decided. */
export function ApprovalTabs({ search, mayAsk }: { search: ApprovalsSearch; mayAsk: boolean }) {
  const tabs = [
    { show: "asked", word: "Waiting", href: "/approvals" },
    ...(mayAsk ? [{ show: "own", word: "Asked by you", href: "/approvals?show=own" }] : []),
    { show: "decided", word: "Decided", href: "/approvals?show=decided" },
  ];
  const current = search.exception || search.plan ? null : search.show;
  return (
    <nav aria-label="Approvals" className="mt-5 flex gap-5 overflow-x-auto border-b border-line">
      {tabs.map(({ show, word, href }) => (
        <Link
          key={show}
          href={href as Route}
          aria-current={show === current ? "page" : undefined}
          className="-mb-px shrink-0 border-b-2 border-transparent py-3 text-14 text-ink-soft transition-colors duration-120 hover:text-ink aria-[current=page]:border-accent aria-[current=page]:font-[540] aria-[current=page]:text-ink"
        >
          {word}
        </Link>
      ))}
    </nav>
  );
}
