import type { ReactNode } from "react";
import { Wordmark } from "#components/ui/logo.tsx";

/** Sky above, wall below, and the line of the battlement between: what stands before anyone has come in. */
export function AuthFrame({
  title,
  lead,
  note,
  children,
}: {
  title: string;
  lead?: string;
  /** In small print; on a phone it follows what the page is for. */
  note?: string;
  children: ReactNode;
}) {
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="mx-auto flex h-24 w-full max-w-5xl shrink-0 items-center px-6 sm:h-[min(26dvh,15rem)] sm:items-end sm:px-10 sm:pb-10">
        <Wordmark />
      </header>
      <Battlement />
      <main className="flex-1 bg-surface">
        <div className="mx-auto grid max-w-5xl gap-x-16 px-6 pt-9 pb-12 sm:px-10 sm:pt-14 lg:grid-cols-[minmax(0,19rem)_minmax(0,1fr)] lg:grid-rows-[auto_1fr]">
          <div>
            <h1 className="text-28 tracking-[-0.022em]">{title}</h1>
            {lead ? <p className="mt-3 max-w-[44ch] text-pretty text-14 text-ink-soft">{lead}</p> : null}
          </div>
          <div className="mt-8 lg:col-start-2 lg:row-span-2 lg:row-start-1 lg:mt-1">{children}</div>
          {note ? (
            <p className="mt-8 max-w-[44ch] text-pretty text-13 text-ink-faint lg:mt-4">{note}</p>
          ) : null}
        </div>
      </main>
    </div>
  );
}

/** The battlement in one hairline, merlon after merlon across the whole width. */
function Battlement() {
  return (
    <svg width="100%" height="20" aria-hidden className="block shrink-0">
      <defs>
        <pattern id="battlement" width="52" height="20" patternUnits="userSpaceOnUse">
          <path d="M0 0H32V20H0Z" fill="var(--surface)" />
          <path d="M.5 20V.5H32.5V19.5H52" fill="none" stroke="var(--line-strong)" />
        </pattern>
      </defs>
      <rect width="100%" height="20" fill="url(#battlement)" />
    </svg>
  );
}
