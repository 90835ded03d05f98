import { X } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";

/** A filter that is on; pressing it takes it off. */
export function FilterChip<T extends string>({
  name,
  without,
  children,
}: {
  name: string;
  without: Route<T>;
  children: ReactNode;
}) {
  return (
    <Link
      href={without}
      scroll={false}
      prefetch={false}
      className="group inline-flex h-7 max-w-80 items-center gap-1.5 rounded-sm border border-line-strong bg-surface pr-1.5 pl-2.5 text-13 transition-colors duration-120 hover:border-edge max-sm:h-9"
    >
      <span className="sr-only">Remove the filter </span>
      <span className="text-ink-faint">{name}</span>
      <span className="truncate font-[520]">{children}</span>
      <X aria-hidden className="size-3.5 shrink-0 text-ink-faint group-hover:text-ink" />
    </Link>
  );
}
