import type { ReactNode } from "react";

export function Section({ title, id, children }: { title: string; id: string; children: ReactNode }) {
  return (
    <section aria-labelledby={`${id}-title`} id={id} className="mt-7 scroll-mt-20">
      <h2 id={`${id}-title`} className="mb-2.5 text-16">
        {title}
      </h2>
      {children}
    </section>
  );
}
