import { cookies } from "next/headers";
import Link from "next/link";
import type { ReactNode } from "react";
import { Mark, Wordmark } from "#components/ui/logo.tsx";
import { database } from "#db/client.ts";
import { currentUser, requireScope } from "#lib/auth/session.ts";
import { Bell } from "../_shell/bell/bell.tsx";
import { LiveData } from "../_shell/live-data.tsx";
import { NavLinks } from "../_shell/nav-links.tsx";
import { railCookie, readRail, readTheme, themeCookie } from "../_shell/preferences.ts";
import { RailToggle } from "../_shell/rail-toggle.tsx";
import { SandboxRibbon } from "../_shell/sandbox-ribbon.tsx";
import { ShellKeys } from "../_shell/shell-keys.tsx";
import { readStatus } from "../_shell/status.ts";
import { StatusLine } from "../_shell/status-line.tsx";
import { ThemeMenu } from "../_shell/theme-menu.tsx";
import { TrailLamp } from "../_shell/trail-lamp.tsx";
import { UserMenu } from "../_shell/user-menu.tsx";

/** Rail, top line and page; on a phone the rail is a bar at the bottom. */
export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const scope = await requireScope();
  const [user, status, jar] = await Promise.all([currentUser(), readStatus(database().db, scope), cookies()]);
  if (!user) return null;
  const offers = {
    scan: scope.can("scans:run"),
    manageAccounts: scope.can("accounts:manage"),
    manageUsers: scope.can("users:manage"),
    readTrail: scope.can("audit:read"),
  };
  return (
    <LiveData>
      <a
        href="#content"
        className="fixed top-2 left-2 z-50 -translate-y-16 rounded bg-accent px-3 py-2 text-14 text-on-accent focus-visible:translate-y-0"
      >
        Skip to the page
      </a>
      <div
        id="shell"
        data-rail={readRail(jar.get(railCookie)?.value)}
        className="group/shell flex min-h-dvh flex-col [--top:3.25rem] data-sandbox:[--top:5.25rem]"
        data-sandbox={user.organisation.sandbox || undefined}
        suppressHydrationWarning
      >
        {user.organisation.sandbox ? <SandboxRibbon /> : null}
        <div className="flex flex-1">
          <nav
            aria-label="Areas"
            className="z-20 flex shrink-0 border-line bg-ground max-md:fixed max-md:inset-x-0 max-md:bottom-0 max-md:border-t max-md:pb-[env(safe-area-inset-bottom)] md:sticky md:top-0 md:h-[calc(100dvh-var(--top)+3.25rem)] md:w-[13rem] md:flex-col md:gap-0.5 md:border-r md:p-3 md:group-data-[rail=narrow]/shell:w-[3.875rem] md:group-data-sandbox/shell:top-8"
          >
            <Link
              href="/"
              className="mb-4 flex h-9 items-center rounded px-2 max-md:hidden"
              aria-label="Parapet, start"
            >
              <span className="group-data-[rail=narrow]/shell:hidden">
                <Wordmark />
              </span>
              <Mark className="hidden size-5.5 text-accent group-data-[rail=narrow]/shell:block" />
            </Link>
            <NavLinks status={status} offers={offers} />
            <div className="mt-auto grid max-md:hidden">
              <RailToggle />
            </div>
          </nav>
          <div className="flex min-w-0 flex-1 flex-col max-md:pb-[calc(3.5rem+env(safe-area-inset-bottom))]">
            <header className="sticky top-0 z-10 flex h-13 items-center gap-2 border-b border-line bg-ground pr-3 pl-4 group-data-sandbox/shell:top-8 sm:pl-6">
              <Mark className="size-5 shrink-0 text-accent md:hidden" />
              <span className="min-w-0 truncate text-14 font-[540]" title={user.organisation.name}>
                <bdi>{user.organisation.name}</bdi>
              </span>
              <div className="ml-auto flex items-center gap-1">
                <ShellKeys offers={offers} />
                {status.trail ? <TrailLamp initial={status} /> : null}
                <StatusLine initial={status} />
                <Bell status={status} />
                {/* On a phone the palette chooses the theme. */}
                <div className="max-sm:hidden">
                  <ThemeMenu initial={readTheme(jar.get(themeCookie)?.value)} />
                </div>
                <UserMenu name={user.name} email={user.email} role={user.role} />
              </div>
            </header>
            <main id="content" tabIndex={-1} className="min-w-0 flex-1 outline-none">
              {children}
            </main>
          </div>
        </div>
      </div>
    </LiveData>
  );
}
