import type { MouseEvent } from "react";

/** Follows a link without leaving the page, unless it is asked for in another tab. */
export function followInPlace(follow: () => void) {
  return (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0) return;
    event.preventDefault();
    follow();
  };
}
