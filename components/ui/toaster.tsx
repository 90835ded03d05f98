"use client";
import { X } from "lucide-react";
import { useEffect, useSyncExternalStore } from "react";
import { IconButton } from "./button.tsx";
import { cx } from "./class-names.ts";
import { visibleText } from "./visible-text.ts";

export type Toast = {
  id: number;
  text: string;
  tone: "quiet" | "danger";
  /** What can be done about it, such as Undo; the toast goes once it is pressed. */
  action?: { label: string; run: () => void };
};

const shownMs = 8_000;
const most = 3;

let toasts: readonly Toast[] = [];
let lastId = 0;
const heard = new Set<() => void>();
const set = (next: readonly Toast[]) => {
  toasts = next;
  for (const hear of heard) hear();
};
const subscribe = (hear: () => void) => {
  heard.add(hear);
  return () => {
    heard.delete(hear);
  };
};
const nothing: readonly Toast[] = [];

/** Says in passing what came of an act. The newest three stay in sight. */
export function showToast(toast: Omit<Toast, "id" | "tone"> & { tone?: Toast["tone"] }): void {
  lastId += 1;
  set([...toasts, { tone: "quiet", ...toast, id: lastId } as const].slice(-most));
}

const dismiss = (id: number) => set(toasts.filter((toast) => toast.id !== id));

/** Where toasts appear: once on a page, outside of what scrolls. */
export function Toaster() {
  const shown = useSyncExternalStore(
    subscribe,
    () => toasts,
    () => nothing,
  );
  return (
    <div
      role="status"
      aria-live="polite"
      className="pointer-events-none fixed inset-x-3 bottom-[calc(4.25rem+env(safe-area-inset-bottom))] z-40 grid justify-items-start gap-2 md:right-auto md:bottom-5 md:left-5"
    >
      {shown.map((toast) => (
        <Shown key={toast.id} toast={toast} />
      ))}
    </div>
  );
}

function Shown({ toast: { id, text, tone, action } }: { toast: Toast }) {
  useEffect(() => {
    const timer = setTimeout(() => dismiss(id), tone === "danger" ? shownMs * 2 : shownMs);
    return () => clearTimeout(timer);
  }, [id, tone]);
  return (
    <div className="pointer-events-auto flex max-w-[min(30rem,100%)] items-center gap-2 rounded border border-line-strong bg-surface py-1.5 pr-1.5 pl-3.5 text-13 shadow-float fade-in">
      <span className={cx("min-w-0 py-1 text-pretty", tone === "danger" && "text-danger")}>
        {visibleText(text)}
      </span>
      {action ? (
        <button
          type="button"
          onClick={() => {
            dismiss(id);
            action.run();
          }}
          className="h-8 shrink-0 rounded px-2.5 font-[540] text-accent hover:bg-hover"
        >
          {action.label}
        </button>
      ) : null}
      <IconButton label="Dismiss" onClick={() => dismiss(id)} className="size-7">
        <X aria-hidden className="size-3.5" />
      </IconButton>
    </div>
  );
}
