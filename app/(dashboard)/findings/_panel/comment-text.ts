import type { Person } from "#db/findings/model.ts";

/*
 * In the box a mention reads `@Maria Lopez`; what is stored is `@[usr_…]`, so that it stays right when a name changes.
 */

const mention = /@\[(usr_\w{1,76})\]/g;

/** The longest names first, so that "Ann" is not taken for the beginning of "Ann Lee". */
const byLength = (people: readonly Person[]) => [...people].sort((a, b) => b.name.length - a.name.length);

/** As it is stored. */
export function toStored(text: string, people: readonly Person[]): string {
  return byLength(people).reduce((body, { id, name }) => body.replaceAll(`@${name}`, `@[${id}]`), text);
}

/** As it is typed. A mention of whom nobody knows any more stays as it is. */
export function toTyped(body: string, mentions: readonly Person[]): string {
  const names = new Map(mentions.map(({ id, name }) => [id, name]));
  return body.replaceAll(mention, (whole, id: string) => {
    const name = names.get(id);
    return name === undefined ? whole : `@${name}`;
  });
}

/** `from` is where in the stored text it begins. */
export type CommentPart = { from: number; text: string; mention: boolean };

/** A stored comment in pieces to show, the mentions apart. */
export function partsOf(body: string, mentions: readonly Person[]): CommentPart[] {
  const names = new Map(mentions.map(({ id, name }) => [id, name]));
  const parts: CommentPart[] = [];
  let from = 0;
  for (const found of body.matchAll(mention)) {
    if (found.index > from) parts.push({ from, text: body.slice(from, found.index), mention: false });
    parts.push({ from: found.index, text: `@${names.get(found[1] ?? "") ?? "somebody"}`, mention: true });
    from = found.index + found[0].length;
  }
  if (from < body.length) parts.push({ from, text: body.slice(from), mention: false });
  return parts;
}

/** The beginning of a name that is being typed after an `@`, and where it stands; null when none is. */
export function mentionAt(text: string, caret: number): { from: number; begun: string } | null {
  const found = /(?:^|\s)@([^\s@]{0,40}(?: [^\s@]{0,40})?)$/.exec(text.slice(0, caret));
  const begun = found?.[1];
  return begun === undefined ? null : { from: caret - begun.length - 1, begun };
}
