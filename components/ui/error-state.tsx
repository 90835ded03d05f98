import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

/** Says what happened, what was kept and what to do; never a raw exception. */
export function ErrorState({
  title,
  children,
  action,
}: {
  title: string;
  children: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div role="alert" className="grid justify-items-center gap-3 px-6 py-16 text-center">
      <TriangleAlert aria-hidden className="size-6 text-danger" strokeWidth={1.5} />
      <h2 className="text-16">{title}</h2>
      <p className="max-w-[52ch] text-pretty text-14 text-ink-soft">{children}</p>
      {action ? <div className="mt-2 flex flex-wrap justify-center gap-2">{action}</div> : null}
    </div>
  );
}

/** A sentence beside what it is about, when the rest of the page stands. */
export function Notice({
  children,
  tone = "quiet",
}: {
  children: ReactNode;
  tone?: "quiet" | "danger" | "gap";
}) {
  const looks = {
    quiet: "border-line bg-inset text-ink-soft",
    danger: "border-transparent bg-critical-soft text-ink",
    gap: "border-line-strong bg-inset text-ink-soft",
  } as const;
  return (
    <div className={`flex gap-3 overflow-hidden rounded border text-13 ${looks[tone]}`}>
      {tone === "gap" ? <span aria-hidden className="hatched w-2 shrink-0" /> : null}
      <div className={`min-w-0 flex-1 ${tone === "gap" ? "py-2.5 pr-3.5" : "px-3.5 py-2.5"}`}>{children}</div>
    </div>
  );
}
