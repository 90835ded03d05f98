import type { ReactNode } from "react";

/** `className` places it where the page has one column. */
export function Section({
  title,
  id,
  className,
  children,
}: {
  title: string;
  id: string;
  className: string;
  children: ReactNode;
}) {
  return (
    <section aria-labelledby={`${id}-title`} id={id} className={`mt-7 min-w-0 scroll-mt-20 ${className}`}>
      <h2 id={`${id}-title`} className="mb-2.5 text-16">
        {title}
      </h2>
      {children}
    </section>
  );
}
