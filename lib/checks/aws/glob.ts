/**
 * Whether an IAM pattern (`*` any run, `?` any one character) matches `text`. Given another pattern as `text`, a match
 * means containment: `*` here may stand for the wildcards there, `?` may not stand for a `*`.
 */
export function globMatches(pattern: string, text: string): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let mark = 0;
  while (t < text.length) {
    if (p < pattern.length && pattern[p] === "*") {
      star = p++;
      mark = t;
    } else if (
      p < pattern.length &&
      (pattern[p] === text[t] || (pattern[p] === "?" && text[t] !== "*")) &&
      text[t] !== undefined
    ) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++mark;
    } else return false;
  }
  while (pattern[p] === "*") p++;
  return p === pattern.length;
}

/** Actions and condition keys compare without case. */
export const actionMatches = (pattern: string, action: string): boolean =>
  globMatches(pattern.toLowerCase(), action.toLowerCase());
