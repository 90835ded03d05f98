/** Markup that was made here, and so may stand in a page as it is. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Piece = string | number | Markup | readonly Piece[] | null;

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** What could hide text, turn it round or end a line, shown by its number. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/gu;

/** Text as it may stand between tags and in quotes. */
export const escapeText = (text: string): string =>
  text
    .replace(unseen, (mark) => `␣${mark.codePointAt(0)?.toString(16) ?? ""}␣`)
    .replace(/[&<>"']/g, (mark) => entities[mark] ?? mark);

/** Puts markup together: whatever goes in is escaped, unless it was made by this too. Lists are joined. */
export const html = (parts: TemplateStringsArray, ...pieces: Piece[]): Markup =>
  new Markup(parts.map((part, at) => part + (at < pieces.length ? put(pieces[at] ?? null) : "")).join(""));

function put(piece: Piece): string {
  if (piece === null) return "";
  if (piece instanceof Markup) return piece.text;
  return typeof piece === "object" ? piece.map(put).join("") : escapeText(String(piece));
}

/** No longer than so many characters. */
export const cut = (text: string, limit = 160): string =>
  text.length > limit ? `${text.slice(0, limit - 1).toWellFormed()}…` : text;
