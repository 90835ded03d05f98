/** Characters of the longest text that a pattern is tried on. */
const longestText = 1_000;
/** In how many ways a pattern may be tried on a text at the very most; so many take less than a second or two. */
const mostWays = longestText ** 3;

/**
 * Why a regular expression of a playbook won't do, or null. It is tried on whatever people fill in, so those are refused
 * that some text keeps busy for ages: repetition of what repeats or chooses, much that may be of one length or another,
 * back-references, look-around.
 */
export function patternProblem(pattern: string): string | null {
  try {
    new RegExp(pattern, "u");
  } catch (error) {
    if (error instanceof SyntaxError) return "It is no regular expression.";
    throw error;
  }
  // Escapes and classes stand for one character each, so that what is left are groups, choices and repetitions.
  const bare = pattern.replace(/\\(?:[pP]\{[^}]*\}|u\{[^}]*\}|.)/gsu, (escaped) =>
    /^\\[1-9k]/.test(escaped) ? "\u0000" : "x",
  );
  if (bare.includes("\u0000")) return "It may not refer back to a group.";
  const plain = bare.replace(/\[[^\]]*\]/gs, "x");
  if (/\(\?(?!:|<[A-Za-z])/.test(plain)) return "It may not look ahead or behind.";
  // What opens a group is no repetition: `(?:`, `(?<name>`.
  const text = plain.replace(/\(\?(?::|<[^>]*>)/g, "(");
  const open = [{ ways: 1, branches: 1 }];
  for (let at = 0; at < text.length; at++) {
    const inner = open.at(-1);
    if (!inner) break;
    if (text[at] === "(") open.push({ ways: 1, branches: 1 });
    else if (text[at] === "|") inner.branches += 1;
    else if (text[at] === ")") {
      const ways = inner.ways * inner.branches;
      const repetition = repetitionAt(text, at + 1);
      open.pop();
      const outer = open.at(-1);
      if (ways > 1 && repetition?.most === Number.POSITIVE_INFINITY) {
        return "It may not repeat a group that repeats or chooses within.";
      }
      // What repeats the group is counted in its turn.
      if (outer) outer.ways *= ways > 1 ? ways ** (repetition?.most ?? 1) : 1;
    } else {
      const repetition = repetitionAt(text, at);
      if (repetition) inner.ways *= Math.min(longestText, repetition.most - repetition.least + 1);
    }
  }
  const [{ ways, branches } = { ways: 1, branches: 1 }] = open;
  return ways * branches > mostWays
    ? "It leaves so much open that trying it could take ages: three repetitions without end are the most, or as much of others."
    : null;
}

/** How often something is repeated, if what stands there says so. */
function repetitionAt(pattern: string, at: number): { least: number; most: number } | null {
  const sign = pattern[at];
  // Behind another repetition it says which length is tried first.
  if (sign === "?") {
    const isLazy = at > 0 && /[*+?}]/.test(pattern[at - 1] ?? "");
    return isLazy ? null : { least: 0, most: 1 };
  }
  if (sign === "*" || sign === "+") return { least: sign === "*" ? 0 : 1, most: Number.POSITIVE_INFINITY };
  const [whole, least = "", comma, most = ""] = /^\{(\d+)(,?)(\d*)\}/.exec(pattern.slice(at)) ?? [];
  if (whole === undefined) return null;
  if (!comma) return { least: Number(least), most: Number(least) };
  return { least: Number(least), most: most === "" ? Number.POSITIVE_INFINITY : Number(most) };
}
