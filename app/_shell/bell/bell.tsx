"use client";
import { Bell as BellIcon } from "lucide-react";
import { lazy, Suspense, useEffect, useId, useRef, useState } from "react";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { Status } from "../status.ts";
import { useStatus } from "../use-status.ts";

const NotificationList = lazy(() => import("./notification-list.tsx"));

/** What one is told of: a mark while there is something new, and the list over the page. */
export function Bell({ status: initial }: { status: Status }) {
  const { unread } = useStatus(initial);
  const id = useId();
  const panel = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  // The browser opens it by itself, which may have been before this came to life.
  useEffect(() => setOpen(panel.current?.matches(":popover-open") ?? false), []);
  const label = unread === 0 ? "Notifications" : `Notifications, ${unread} new`;
  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        aria-label={label}
        title={label}
        aria-expanded={open}
        className="relative inline-flex h-8 items-center justify-center rounded px-2 text-ink-soft transition-colors duration-120 hover:bg-hover hover:text-ink max-sm:h-10 max-sm:min-w-10"
      >
        <BellIcon aria-hidden strokeWidth={1.6} className="size-4" />
        {unread > 0 ? (
          <span
            aria-hidden
            className="absolute top-0.5 right-0 min-w-4 rounded-sm bg-accent px-1 text-center text-[0.6875rem] leading-4 font-[560] text-on-accent max-sm:top-1"
          >
            {unread > 99 ? "99+" : unread}
          </span>
        ) : null}
      </button>
      <div
        ref={panel}
        id={id}
        popover="auto"
        role="dialog"
        aria-label="Notifications"
        onToggle={(event) => setOpen(event.newState === "open")}
        className="fixed inset-auto top-[calc(var(--top)-0.25rem)] right-3 m-0 max-h-[min(36rem,calc(100dvh-var(--top)-5rem))] w-[min(26rem,calc(100vw-1.5rem))] overflow-y-auto rounded border border-line-strong bg-surface p-0 text-ink shadow-float open:fade-in"
      >
        {open ? (
          <Suspense fallback={<Skeleton className="m-4 h-32" />}>
            <NotificationList onLeave={() => panel.current?.hidePopover()} />
          </Suspense>
        ) : null}
      </div>
    </>
  );
}
