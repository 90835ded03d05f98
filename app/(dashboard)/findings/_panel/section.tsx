import type { ReactNode } from "react";

export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="mt-6 first:mt-1">
      <h3 className="mb-2.5 text-14">{title}</h3>
      {children}
    </section>
  );
}

export const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <>
    <dt className="py-1 text-ink-faint">{name}</dt>
    <dd className="min-w-0 py-1">{children}</dd>
  </>
);
