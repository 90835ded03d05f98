/**
 * Characters that change how text around them is read without being seen: controls, direction overrides and isolates,
 * zero-width ones, the byte order mark, and lone surrogates.
 */
const unseen =
  /[\p{Cc}\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|\p{Surrogate}/gu;

/** Text that others chose, with what can't be seen spelt out as ⟨U+202E⟩. */
export const visibleText = (text: string): string =>
  text.replace(unseen, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `⟨U+${code.toString(16).toUpperCase().padStart(4, "0")}⟩`;
  });

/** At most `limit` characters (never half of one), with how many there were. */
export function cutText(text: string, limit: number): { text: string; cut: number | null } {
  if (text.length <= limit) return { text, cut: null };
  const characters = Array.from(text.slice(0, limit * 2));
  return { text: characters.slice(0, limit).join(""), cut: text.length };
}
