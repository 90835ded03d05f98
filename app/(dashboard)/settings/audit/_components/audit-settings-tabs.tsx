"use client";
import type { Route } from "next";
import Link from "next/link";
import { usePathname } from "next/navigation";

const parts = [
  { href: "/settings/audit", word: "Keeping" },
  { href: "/settings/audit/webhooks", word: "Webhooks" },
  { href: "/settings/audit/alerts", word: "Alerts" },
] as const;

/** The parts of the trail's settings. */
export function AuditSettingsTabs() {
  const path = usePathname();
  const isOpen = (href: string) =>
    href === "/settings/audit" ? path === href : path === href || path.startsWith(`${href}/`);
  return (
    <nav aria-label="Audit trail settings" className="mt-5 flex gap-1.5">
      {parts.map(({ href, word }) => (
        <Link
          key={href}
          href={href as Route}
          aria-current={isOpen(href) ? "page" : undefined}
          className="inline-flex h-8 items-center rounded border border-line px-3 text-13 text-ink-soft hover:border-line-strong hover:text-ink aria-[current=page]:border-accent aria-[current=page]:bg-selected aria-[current=page]:font-[540] aria-[current=page]:text-ink max-sm:h-10"
        >
          {word}
        </Link>
      ))}
    </nav>
  );
}
