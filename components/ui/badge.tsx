import type { ReactNode } from "react";
import { cx } from "./class-names.ts";

const tones = {
  neutral: "border-line-strong text-ink-soft",
  accent: "border-transparent bg-accent-soft text-ink",
  danger: "border-transparent bg-critical-soft text-danger",
} as const;

/** A word about a thing's state. */
export function Badge({ tone = "neutral", children }: { tone?: keyof typeof tones; children: ReactNode }) {
  return (
    <span
      className={cx(
        "inline-flex h-5 items-center gap-1.5 rounded-sm border px-1.5 text-12 font-[520] whitespace-nowrap",
        tones[tone],
      )}
    >
      {children}
    </span>
  );
}
