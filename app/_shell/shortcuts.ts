import { findingsShortcuts } from "../(dashboard)/findings/shortcuts.ts";
import { areasFor, type Offers } from "./areas.ts";

/** A key, keys pressed together or one after the other, and what that does. */
export type Shortcut = { keys: readonly string[]; does: string; group: string };

/** What works on every page. */
export const globalShortcuts = (offers: Offers): readonly Shortcut[] => [
  { group: "Anywhere", keys: ["Ctrl", "K"], does: "Search, jump to a page, run a command" },
  { group: "Anywhere", keys: ["?"], does: "This list" },
  { group: "Anywhere", keys: ["/"], does: "Search the list, where there is one" },
  ...areasFor(offers).map(({ key, word }) => ({ group: "Go to", keys: ["g", key], does: word })),
];

const rows: readonly Shortcut[] = [
  { group: "This page", keys: ["j"], does: "Next row" },
  { group: "This page", keys: ["k"], does: "Row before" },
  { group: "This page", keys: ["Enter"], does: "Open the row" },
];

/**
 * The keys of each page, by the beginning of its address; the longest that fits is taken. A page with keys of its own
 * lists them here.
 */
const byPage: Readonly<Record<string, readonly Shortcut[]>> = {
  "/findings": findingsShortcuts,
  "/audit": [
    ...rows
      .slice(0, 2)
      .map((each) => ({ ...each, does: each.does.replace("row", "entry").replace("Row", "Entry") })),
    { group: "This page", keys: ["Esc"], does: "Close the entry" },
  ],
  "/remediation": rows,
  "/settings/accounts": rows,
};

export function shortcutsOf(path: string): readonly Shortcut[] {
  const [root] = Object.keys(byPage)
    .filter((each) => path === each || path.startsWith(`${each}/`))
    .sort((a, b) => b.length - a.length);
  return root ? (byPage[root] ?? []) : [];
}
