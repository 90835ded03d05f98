import type { Severity } from "#lib/checks/model.ts";
import { areasFor, type Offers, pages } from "../areas.ts";
import { type Theme, themes } from "../preferences.ts";
import type { SearchResults } from "./search-results.ts";

export type Command = { name: "scan" } | { name: "sign_out" } | { name: "theme"; theme: Theme };

/** One line of the palette: it leads somewhere, or does something. */
export type Entry = {
  id: string;
  title: string;
  /** What helps to tell it from others of its name. */
  hint?: string;
  severity?: Severity;
  /** Names that others chose are shown as such. */
  untrusted?: boolean;
} & ({ href: string } | { command: Command });

export type EntryGroup = { title: string; entries: Entry[] };

const themeWords: Readonly<Record<Theme, string>> = {
  system: "Theme as the system's",
  light: "Light theme",
  dark: "Dark theme",
};

const placesFor = (offers: Offers): Entry[] => [
  ...areasFor(offers).map(({ href, word, key }) => ({
    id: `area-${href}`,
    title: word,
    hint: `g ${key}`,
    href,
  })),
  ...pages
    .filter(({ needs }) => !needs || offers[needs])
    .map(({ href, word, area }) => ({ id: `page-${href}`, title: word, hint: area, href })),
];

const commandsFor = ({ scan }: Offers): Entry[] => [
  ...(scan
    ? [{ id: "scan", title: "Scan all accounts now", hint: "Reads only", command: { name: "scan" } as const }]
    : []),
  ...themes.map((theme) => ({
    id: `theme-${theme}`,
    title: themeWords[theme],
    command: { name: "theme", theme } as const,
  })),
  { id: "sign-out", title: "Sign out", command: { name: "sign_out" } },
];

/** What the palette lists: without words the recent and the near at hand, with words all that has them. */
export function arrangeEntries(
  typed: string,
  offers: Offers,
  recent: readonly Entry[],
  found: SearchResults | undefined,
): EntryGroup[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = ({ title, hint = "" }: Entry) =>
    words.every((word) => `${title} ${hint}`.toLowerCase().includes(word));
  const groups: EntryGroup[] =
    words.length === 0
      ? [
          { title: "Recent", entries: [...recent] },
          { title: "Go to", entries: placesFor(offers).filter(({ id }) => id.startsWith("area-")) },
          { title: "Do", entries: commandsFor(offers) },
        ]
      : [
          { title: "Go to", entries: placesFor(offers).filter(fits) },
          { title: "Do", entries: commandsFor(offers).filter(fits) },
          ...(found ? foundGroups(found) : []),
        ];
  return groups.filter(({ entries }) => entries.length > 0);
}

const foundGroups = (found: SearchResults): EntryGroup[] => [
  {
    title: "Accounts",
    entries: found.accounts.map(({ id, name, externalId }) => ({
      ...{ id, title: name, hint: externalId, untrusted: true },
      href: `/settings/accounts/${id}`,
    })),
  },
  {
    title: "Checks",
    entries: found.checks.map(({ id, title, severity }) => ({
      ...{ id, title, severity, hint: id },
      href: `/checks/${id}`,
    })),
  },
  {
    title: "Open findings",
    entries: found.findings.map(({ id, title, severity, resource, account }) => ({
      ...{ id, title, severity, hint: `${resource}, ${account}` },
      href: `/findings?finding=${id}`,
    })),
  },
  {
    title: "Resources",
    entries: found.resources.map(({ id, name, kind, account }) => ({
      ...{ id, title: name, hint: `${kind}, ${account}`, untrusted: true },
      href: `/resources/${id}`,
    })),
  },
];
