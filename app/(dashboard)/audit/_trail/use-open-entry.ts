"use client";
import { useSearchParams } from "next/navigation";
import { useCallback } from "react";

const hrefWith = (entryId: string | null): string => {
  const params = new URLSearchParams(window.location.search);
  if (entryId === null) params.delete("entry");
  else params.set("entry", entryId);
  return params.size > 0 ? `/audit?${params}` : "/audit";
};

/** Which entry the address opens beside the list, and how to open another or none; the page isn't asked for anew. */
export function useOpenEntry(): {
  opened: string | null;
  open: (entryId: string) => void;
  close: () => void;
} {
  const opened = useSearchParams().get("entry");
  const open = useCallback((entryId: string) => {
    const how = new URLSearchParams(window.location.search).has("entry") ? "replaceState" : "pushState";
    window.history[how](null, "", hrefWith(entryId));
  }, []);
  const close = useCallback(() => window.history.replaceState(null, "", hrefWith(null)), []);
  return { opened, open, close };
}
