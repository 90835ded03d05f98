import type { ReactNode } from "react";
import { Untrusted } from "#components/ui/untrusted.tsx";

/** A part of the page under its heading. */
export const Section = ({ id, title, children }: { id: string; title: string; children: ReactNode }) => (
  <section aria-labelledby={id} className="px-4 pt-9 sm:px-6">
    <h2 id={id} className="pb-3 text-16">
      {title}
    </h2>
    {children}
  </section>
);

/** A sentence a line; what to say where there is none. */
export function Sentences({ sentences, none }: { sentences: readonly string[]; none: string }) {
  if (sentences.length === 0) return <p className="text-14 text-pretty text-ink-soft">{none}</p>;
  return (
    <ul className="grid list-disc gap-1.5 pl-4 text-14 marker:text-ink-faint">
      {sentences.map((sentence) => (
        <li key={sentence} className="text-pretty">
          <Untrusted text={sentence} limit={500} />
        </li>
      ))}
    </ul>
  );
}
