import type { ReactNode } from "react";

/** A part of the settings under its heading. */
export function Part({
  id,
  title,
  about,
  children,
}: {
  id: string;
  title: string;
  about: string;
  children: ReactNode;
}) {
  return (
    <section aria-labelledby={id} className="mt-12">
      <h2 id={id} className="text-20">
        {title}
      </h2>
      <p className="mt-1 max-w-[68ch] text-14 text-pretty text-ink-soft">{about}</p>
      <div className="mt-4">{children}</div>
    </section>
  );
}
