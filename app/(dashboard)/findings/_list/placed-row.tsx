import type { ComponentProps } from "react";
import { cx } from "#components/ui/class-names.ts";

/** Where in the list a row stands. */
export type Place = {
  /** From 0, the head of the columns not counted. */
  index: number;
  /** In px, from the top of the list's body. */
  top: number;
  height: number;
};

/** A table's row at its place in a list of which only a part is rendered. */
export function PlacedRow({
  index,
  top,
  height,
  className,
  ...rest
}: Omit<ComponentProps<"tr">, "style"> & Place) {
  return (
    <tr
      aria-rowindex={index + 2}
      className={cx("absolute inset-x-0 top-0 flex contain-strict", className)}
      style={{ height, transform: `translateY(${top}px)` }}
      {...rest}
    />
  );
}
