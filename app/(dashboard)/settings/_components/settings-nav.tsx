"use client";
import type { Route } from "next";
import Link from "next/link";
import { usePathname } from "next/navigation";

const parts = [
  { href: "/settings/accounts", word: "Accounts" },
  { href: "/settings/organisations", word: "Organisations" },
  { href: "/settings/users", word: "Users", forManagers: true },
  { href: "/settings/sla", word: "Due dates" },
  { href: "/settings/remediation" as Route, word: "Remediation" },
  { href: "/settings/audit" as Route, word: "Audit trail", forReaders: true },
  { href: "/settings/profile", word: "Profile" },
  { href: "/settings/sessions", word: "Sessions" },
  { href: "/settings/tokens", word: "API tokens" },
] as const satisfies readonly { href: string; word: string; forManagers?: true; forReaders?: true }[];

/** The parts of the settings, in one line over whichever is open. */
export function SettingsNav({
  mayManageUsers,
  readsTrail,
}: {
  mayManageUsers: boolean;
  readsTrail: boolean;
}) {
  const path = usePathname();
  const shown = parts.filter(
    (part) => (mayManageUsers || !("forManagers" in part)) && (readsTrail || !("forReaders" in part)),
  );
  return (
    <nav aria-label="Settings" className="flex gap-5 overflow-x-auto border-b border-line px-4 sm:px-6">
      {shown.map(({ href, word }) => (
        <Link
          key={href}
          href={href}
          aria-current={path === href || path.startsWith(`${href}/`) ? "page" : undefined}
          className="-mb-px shrink-0 border-b-2 border-transparent py-3 text-14 text-ink-soft transition-colors duration-120 hover:text-ink aria-[current=page]:border-accent aria-[current=page]:font-[540] aria-[current=page]:text-ink"
        >
          {word}
        </Link>
      ))}
    </nav>
  );
}
