import type { AuditResult } from "#db/audit/schema.ts";
import type { EntryMatch } from "#lib/audit/match.ts";

/** Which entries, as its form holds it. */
export type MatchDraft = {
  /** With commas or spaces between. */
  actions: string;
  objectKinds: string;
  results: AuditResult[];
  /** Not shown by the form, and kept as they are. */
  actors: string[];
};

export const draftOf = ({ actions, objectKinds, actors, results }: EntryMatch): MatchDraft => ({
  ...{ actions: actions.join(", "), objectKinds: objectKinds.join(", "), actors, results },
});

/** Words with commas, spaces or new lines between; each once. */
export const wordsIn = (text: string): string[] => [...new Set(text.split(/[\s,;]+/).filter(Boolean))];

export const matchOf = ({ actions, objectKinds, actors, results }: MatchDraft): EntryMatch => ({
  ...{ actions: wordsIn(actions), objectKinds: wordsIn(objectKinds), actors, results },
});

const resultWords: Readonly<Record<AuditResult, string>> = {
  done: "was done",
  refused: "was refused",
  failed: "failed",
};

/** `Every entry`, `What failed`, or `scan.*, user.invite · of user · what failed`. */
export function sayMatch({ actions, objectKinds, actors, results }: EntryMatch): string {
  const parts = [
    actions.length > 0 ? cut(actions) : null,
    objectKinds.length > 0 ? `of ${cut(objectKinds)}` : null,
    actors.length > 0 ? `by ${actors.length === 1 ? "one actor" : `${actors.length} actors`}` : null,
    results.length > 0 && results.length < 3
      ? `what ${results.map((result) => resultWords[result]).join(" or ")}`
      : null,
  ].filter((part) => part !== null);
  if (parts.length === 0) return "Every entry";
  const said = parts.join(" · ");
  // An action is said as it is written.
  return actions.length > 0 ? said : `${said.charAt(0).toUpperCase()}${said.slice(1)}`;
}

const cut = (words: readonly string[]): string =>
  words.length <= 4 ? words.join(", ") : `${words.slice(0, 3).join(", ")} and ${words.length - 3} more`;

/** The first problem of any field of a list, such as `filter.actions.0`. */
export const problemOf = (fields: Readonly<Record<string, string>>, path: string): string | undefined =>
  Object.entries(fields).find(([name]) => name === path || name.startsWith(`${path}.`))?.[1];
