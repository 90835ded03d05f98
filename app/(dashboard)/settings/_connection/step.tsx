import type { ReactNode } from "react";

/** One of the steps that a form leads through; all of them are in sight. */
export function Step({ number, title, children }: { number: number; title: string; children: ReactNode }) {
  return (
    <section aria-labelledby={`step-${number}`} className="grid gap-5 sm:grid-cols-[2rem_minmax(0,1fr)]">
      <span
        aria-hidden
        className="hidden size-7 items-center justify-center rounded-sm border border-line-strong text-13 text-ink-soft sm:flex"
      >
        {number}
      </span>
      <div className="grid min-w-0 content-start gap-5">
        <h2 id={`step-${number}`} className="text-16 sm:pt-0.5">
          {title}
        </h2>
        {children}
      </div>
    </section>
  );
}
