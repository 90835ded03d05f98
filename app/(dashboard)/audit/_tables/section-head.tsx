import type { ReactNode } from "react";

export const SectionHead = ({ title, children }: { title: string; children?: ReactNode }) => (
  <div className="px-4 pt-7 pb-3 sm:px-6">
    <h2 className="text-16">{title}</h2>
    {children ? <p className="mt-0.5 max-w-[72ch] text-13 text-pretty text-ink-soft">{children}</p> : null}
  </div>
);
