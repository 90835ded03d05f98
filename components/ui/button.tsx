import type { Route } from "next";
import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";
import { cx } from "./class-names.ts";

const looks = {
  /** The one obvious next step of a view. */
  primary: "bg-accent text-on-accent hover:bg-accent-hover font-[540]",
  quiet: "border border-line-strong bg-surface text-ink hover:bg-hover hover:border-edge",
  plain: "text-ink-soft hover:bg-hover hover:text-ink",
  danger: "border border-line-strong bg-surface text-danger hover:border-danger",
} as const;

const sizes = { md: "h-9 px-3.5 text-14", sm: "h-8 px-2.5 text-13" } as const;

export type ButtonLook = keyof typeof looks;
type Looks = { look?: ButtonLook; size?: keyof typeof sizes };

const shape = (look: keyof typeof looks, size: keyof typeof sizes, more?: string) =>
  cx(
    "inline-flex shrink-0 items-center justify-center gap-2 rounded whitespace-nowrap select-none transition-colors duration-120",
    "disabled:opacity-55 aria-disabled:opacity-55 max-sm:min-h-10",
    looks[look],
    sizes[size],
    more,
  );

export function Button({
  look = "quiet",
  size = "md",
  className,
  type = "button",
  ...rest
}: ComponentProps<"button"> & Looks) {
  return <button type={type} className={shape(look, size, className)} {...rest} />;
}

export function LinkButton<T extends string>({
  look = "quiet",
  size = "md",
  className,
  href,
  children,
}: Looks & { href: Route<T>; className?: string; children: ReactNode }) {
  return (
    <Link href={href} className={shape(look, size, className)}>
      {children}
    </Link>
  );
}

/** As LinkButton, for an address that is no page: a route handler, a file, another site. It is never fetched ahead. */
export function AnchorButton({
  look = "quiet",
  size = "md",
  className,
  ...rest
}: ComponentProps<"a"> & Looks) {
  return <a className={shape(look, size, className)} {...rest} />;
}

/** A square button that shows an icon alone; its label is what it is called and what its tooltip says. */
export function IconButton({
  label,
  className,
  type = "button",
  ...rest
}: ComponentProps<"button"> & { label: string }) {
  return (
    <button
      type={type}
      aria-label={label}
      title={label}
      className={cx(
        "inline-flex size-8 shrink-0 items-center justify-center rounded text-ink-soft transition-colors duration-120",
        "hover:bg-hover hover:text-ink disabled:opacity-40 max-sm:size-10",
        className,
      )}
      {...rest}
    />
  );
}
