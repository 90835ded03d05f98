import type { ReactNode } from "react";
import { cx } from "#components/ui/class-names.ts";

/** A part of the page under its heading; a `wide` one reaches to the edges. */
export function Section({
  id,
  title,
  wide = false,
  children,
}: {
  id: string;
  title: string;
  wide?: boolean;
  children: ReactNode;
}) {
  return (
    <section aria-labelledby={id} className={cx("pt-9", wide ? "" : "px-4 sm:px-6")}>
      <h2 id={id} className={cx("pb-3 text-16", wide ? "px-4 sm:px-6" : "")}>
        {title}
      </h2>
      {children}
    </section>
  );
}
