import { ArrowLeft } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { Untrusted } from "#components/ui/untrusted.tsx";

/** The way back, what the page is for, and a sentence about it. */
export function PageHead<T extends string>({
  back,
  title,
  children,
}: {
  back: { href: Route<T>; name: string };
  title: string;
  children?: ReactNode;
}) {
  return (
    <header className="mb-8">
      <Link
        href={back.href}
        className="inline-flex h-8 max-w-full items-center gap-1.5 text-13 text-ink-faint hover:text-ink max-sm:h-10"
      >
        <ArrowLeft aria-hidden className="size-3.5 shrink-0" />
        <Untrusted text={back.name} limit={100} className="truncate" />
      </Link>
      <h1 className="mt-1 text-28 tracking-[-0.02em]">{title}</h1>
      {children ? <p className="mt-1 max-w-[68ch] text-14 text-pretty text-ink-soft">{children}</p> : null}
    </header>
  );
}
