"use client";
import { useSyncExternalStore } from "react";

const query = "(min-width: 64rem)";
const watch = (changed: () => void) => {
  const media = window.matchMedia(query);
  media.addEventListener("change", changed);
  return () => media.removeEventListener("change", changed);
};

/** Whether there is room for two columns of text; the server takes it that there isn't. */
export const useWide = (): boolean =>
  useSyncExternalStore(
    watch,
    () => window.matchMedia(query).matches,
    () => false,
  );
