import { recentKey } from "../sign-out.ts";
import type { Entry } from "./entries.ts";

const kept = 6;

/** Where one went by the palette lately, newest first; kept in this browser until one signs out. */
export function readRecent(): Entry[] {
  try {
    const stored: unknown = JSON.parse(window.localStorage.getItem(recentKey) ?? "[]");
    return Array.isArray(stored) ? stored.filter(isEntry).slice(0, kept) : [];
  } catch {
    // Somebody else's text, or a browser that keeps nothing.
    return [];
  }
}

export function keepRecent(entry: Entry): void {
  if (!("href" in entry)) return;
  const others = readRecent().filter(({ id }) => id !== entry.id);
  try {
    window.localStorage.setItem(recentKey, JSON.stringify([entry, ...others].slice(0, kept)));
  } catch {
    // A full or closed store: there is just nothing to remember.
  }
}

/** Only paths of our own are followed, whatever is stored. */
function isEntry(value: unknown): value is Entry {
  const { id, title, href } = (value ?? {}) as Record<string, unknown>;
  return (
    typeof id === "string" && typeof title === "string" && typeof href === "string" && /^\/(?!\/)/.test(href)
  );
}
