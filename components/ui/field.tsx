import { ChevronDown } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { cx } from "./class-names.ts";

const control =
  "w-full rounded border border-edge bg-surface px-3 text-14 text-ink transition-colors duration-120 " +
  "hover:border-ink-faint aria-invalid:border-danger disabled:opacity-55";

export function Input({ className, ...rest }: ComponentProps<"input">) {
  return <input className={cx(control, "h-9 max-sm:h-10", className)} {...rest} />;
}

export function Textarea({ className, ...rest }: ComponentProps<"textarea">) {
  return <textarea className={cx(control, "min-h-24 resize-y py-2 leading-5", className)} {...rest} />;
}

/** The browser's own select, so that it is the platform's on a phone, under a chevron of our own. */
export function Select({ className, ...rest }: ComponentProps<"select">) {
  return (
    <span className={cx("relative inline-flex", className)}>
      <select
        className={cx(control, "h-full min-h-8 appearance-none pr-8 text-[length:inherit] max-sm:min-h-10")}
        {...rest}
      />
      <ChevronDown
        aria-hidden
        strokeWidth={1.6}
        className="pointer-events-none absolute top-1/2 right-2.5 size-4 -translate-y-1/2 text-ink-faint"
      />
    </span>
  );
}

/** A label over its control, with a hint or what is wrong with it. */
export function Field({
  label,
  htmlFor,
  hint,
  problem,
  children,
}: {
  label: string;
  htmlFor: string;
  hint?: ReactNode;
  problem?: string | undefined;
  children: ReactNode;
}) {
  return (
    <div className="grid content-start gap-1.5">
      <label htmlFor={htmlFor} className="text-13 font-[540] text-ink">
        {label}
      </label>
      {children}
      {problem ? (
        <p id={`${htmlFor}-problem`} role="alert" className="text-13 text-danger">
          {problem}
        </p>
      ) : hint ? (
        <p className="text-13 text-ink-faint">{hint}</p>
      ) : null}
    </div>
  );
}

/** A box to tick, with its words beside it. */
export function Checkbox({
  children,
  className,
  ...rest
}: Omit<ComponentProps<"input">, "type"> & { children: ReactNode }) {
  return (
    <label
      className={cx("flex min-h-7 cursor-pointer items-center gap-2.5 text-13 max-sm:min-h-10", className)}
    >
      <input type="checkbox" className="size-4 shrink-0 accent-accent" {...rest} />
      <span className="min-w-0 flex-1">{children}</span>
    </label>
  );
}
