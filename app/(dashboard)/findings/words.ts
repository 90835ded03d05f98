/*
 * Several values in one part of an address, joined by commas. Owner tags may hold commas and be empty, so both are
 * written by other means: `%2C` for a comma, `~` for an empty value.
 */

const none = "~";

export function joinWords(values: readonly string[]): string {
  return values.map((value) => (value === "" ? none : escapeWord(value))).join(",");
}

/** The values, each once, `limit` of them at most. */
export function splitWords(text: string, limit = 50): string[] {
  const words = text.split(",").filter(Boolean);
  return [...new Set(words.map((word) => (word === none ? "" : unescapeWord(word))))].slice(0, limit);
}

const escapeWord = (value: string) =>
  value.replaceAll("%", "%25").replaceAll(",", "%2C").replace(/^~/, "%7E");

const unescapeWord = (word: string) =>
  word.replaceAll(/^%7E/g, "~").replaceAll("%2C", ",").replaceAll("%25", "%");

/** Whether what changed a finding, by its id, was the import of a report rather than a scan. */
export const isImport = (scanId: string): boolean => scanId.startsWith("imp_");
