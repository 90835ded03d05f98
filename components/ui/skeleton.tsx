import { cx } from "./class-names.ts";

/** Holds the place of what is on its way, in its final size. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={cx("block breathing rounded-sm bg-inset", className)} />;
}
