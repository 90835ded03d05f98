import type { ComponentProps } from "react";
import { cx } from "./class-names.ts";

/** A table that scrolls sideways by itself when it must, so that the page never does. */
export function Table({ className, ...rest }: ComponentProps<"table">) {
  return (
    <div className="relative w-full overflow-x-auto">
      <table className={cx("w-full border-collapse text-left text-13", className)} {...rest} />
    </div>
  );
}

export function HeadCell({ className, ...rest }: ComponentProps<"th">) {
  return (
    <th
      scope="col"
      className={cx("label-caps h-9 border-b border-line px-3 text-left whitespace-nowrap", className)}
      {...rest}
    />
  );
}

export function Cell({ className, ...rest }: ComponentProps<"td">) {
  return <td className={cx("border-b border-line px-3 py-2.5 align-middle", className)} {...rest} />;
}
