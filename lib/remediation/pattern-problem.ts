/**
 * Why a regular expression of a playbook won't do, or null. It is tried on whatever people fill in, so those are refused
 * that some text keeps busy for ages: repetition of what repeats or chooses, back-references, look-around.
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
  let unbounded = 0;
  const open: { branches: boolean }[] = [{ branches: false }];
  for (let at = 0; at < plain.length; at++) {
    const inner = open.at(-1);
    if (plain[at] === "(") open.push({ branches: false });
    else if (plain[at] === "|" && inner) inner.branches = true;
    else if (plain[at] === ")") {
      const closed = open.pop();
      const repeats = repetitionAt(plain, at + 1);
      if (repeats && closed?.branches) return "It may not repeat a group that repeats or chooses within.";
      const outer = open.at(-1);
      if (outer && (closed?.branches || repeats)) outer.branches = true;
    } else if (repetitionAt(plain, at)) {
      if (plain[at - 1] !== ")") unbounded++;
      if (inner) inner.branches = true;
    }
  }
  return unbounded > 4 ? "It may have four unbounded repetitions at most." : null;
}

/** Whether something is repeated without end there. */
const repetitionAt = (pattern: string, at: number): boolean =>
  /^(?:[*+]|\{\d+,\})/.test(pattern.slice(at, at + 12));
