"use client";
import type { Route } from "next";
import Link from "next/link";
import { usePathname } from "next/navigation";

const tabs = [
  { href: "/audit", word: "Trail" },
  { href: "/audit/statistics", word: "Statistics" },
  { href: "/audit/errors", word: "Errors" },
  { href: "/audit/performance", word: "Performance" },
  { href: "/audit/integrity", word: "Integrity" },
  { href: "/audit/reports", word: "Reports" },
] as const;

/** The parts of the area. */
export function AuditTabs() {
  const path = usePathname();
  const isOpen = (href: string) =>
    href === "/audit" ? path === href : path === href || path.startsWith(`${href}/`);
  return (
    <nav aria-label="Audit" className="mt-4 flex gap-5 overflow-x-auto border-b border-line px-4 sm:px-6">
      {tabs.map(({ href, word }) => (
        <Link
          key={href}
          href={href as Route}
          aria-current={isOpen(href) ? "page" : undefined}
          className="-mb-px shrink-0 border-b-2 border-transparent py-3 text-14 text-ink-soft transition-colors duration-120 hover:text-ink aria-[current=page]:border-accent aria-[current=page]:font-[540] aria-[current=page]:text-ink"
        >
          {word}
        </Link>
      ))}
      <Link
        href={"/settings/audit" as Route}
        className="ml-auto shrink-0 py-3 pl-6 text-13 text-ink-faint transition-colors duration-120 hover:text-ink"
      >
        Keeping, webhooks, alerts
      </Link>
    </nav>
  );
}
