import type { ReactNode } from "react";

/** A part of the form under its heading. */
export const Part = ({ title, about, children }: { title: string; about?: string; children: ReactNode }) => (
  <section aria-label={title}>
    <h2 className="text-16">{title}</h2>
    {about ? <p className="mt-0.5 max-w-[68ch] text-13 text-pretty text-ink-soft">{about}</p> : null}
    <div className="mt-4">{children}</div>
  </section>
);
