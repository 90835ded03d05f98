import type { ReactNode } from "react";

export function Section({
  title,
  aside,
  children,
}: {
  title: string;
  aside?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section aria-label={title} className="mt-7">
      <div className="mb-2 flex min-h-6 items-center justify-between gap-3">
        <h3 className="text-14 font-[560]">{title}</h3>
        {aside}
      </div>
      {children}
    </section>
  );
}
