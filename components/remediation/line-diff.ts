/** A line of two texts laid against each other; its number in each, null where it isn't there. */
export type DiffLine = {
  kind: "same" | "removed" | "added";
  before: number | null;
  after: number | null;
  text: string;
};

/** Beyond so many comparisons the two are shown one after the other. */
const mostCompared = 4_000_000;

/** Lays two texts against each other by their longest common lines. Removed lines come before those in their place. */
export function diffLines(before: string, after: string): DiffLine[] {
  const [was, is] = [before.split("\n"), after.split("\n")];
  let start = 0;
  while (start < was.length && start < is.length && was[start] === is[start]) start += 1;
  let end = 0;
  while (
    end < was.length - start &&
    end < is.length - start &&
    was[was.length - 1 - end] === is[is.length - 1 - end]
  ) {
    end += 1;
  }
  const lines: DiffLine[] = [];
  let [a, b] = [0, 0];
  const same = () => lines.push({ kind: "same", before: ++a, after: ++b, text: was[a - 1] ?? "" });
  const removed = () => lines.push({ kind: "removed", before: ++a, after: null, text: was[a - 1] ?? "" });
  const added = () => lines.push({ kind: "added", before: null, after: ++b, text: is[b - 1] ?? "" });
  while (a < start) same();
  for (const step of compare(was.slice(start, was.length - end), is.slice(start, is.length - end))) {
    if (step === "same") same();
    else if (step === "removed") removed();
    else added();
  }
  while (a < was.length) same();
  return lines;
}

/** How to get from one list to the other, by the table of common lengths. */
function compare(was: readonly string[], is: readonly string[]): DiffLine["kind"][] {
  const apart = [...was.map(() => "removed" as const), ...is.map(() => "added" as const)];
  if (was.length === 0 || is.length === 0 || was.length * is.length > mostCompared) return apart;
  const width = is.length + 1;
  const common = new Uint32Array((was.length + 1) * width);
  const at = (a: number, b: number): number => common[a * width + b] ?? 0;
  for (let a = was.length - 1; a >= 0; a -= 1) {
    for (let b = is.length - 1; b >= 0; b -= 1) {
      common[a * width + b] = was[a] === is[b] ? at(a + 1, b + 1) + 1 : Math.max(at(a + 1, b), at(a, b + 1));
    }
  }
  const steps: DiffLine["kind"][] = [];
  let [a, b] = [0, 0];
  while (a < was.length || b < is.length) {
    if (a < was.length && b < is.length && was[a] === is[b]) {
      steps.push("same");
      a += 1;
      b += 1;
    } else if (b >= is.length || (a < was.length && at(a + 1, b) >= at(a, b + 1))) {
      steps.push("removed");
      a += 1;
    } else {
      steps.push("added");
      b += 1;
    }
  }
  return steps;
}

/** Lines in pairs for two columns: what was removed stands beside what came in its place. */
export type DiffPair = { before: DiffLine | null; after: DiffLine | null };

export function pairLines(lines: readonly DiffLine[]): DiffPair[] {
  const pairs: DiffPair[] = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at];
    if (!line) break;
    if (line.kind === "same") {
      pairs.push({ before: line, after: line });
      at += 1;
      continue;
    }
    const run = lines.slice(at, endOfRun(lines, at));
    const [removed, added] = [
      run.filter(({ kind }) => kind === "removed"),
      run.filter(({ kind }) => kind === "added"),
    ];
    for (let i = 0; i < Math.max(removed.length, added.length); i += 1) {
      pairs.push({ before: removed[i] ?? null, after: added[i] ?? null });
    }
    at += run.length;
  }
  return pairs;
}

function endOfRun(lines: readonly DiffLine[], from: number): number {
  let end = from;
  while (end < lines.length && lines[end]?.kind !== "same") end += 1;
  return end;
}

/** Rows, with long stretches of what stayed the same left out; `hidden` counts their rows. */
export type Stretch<R> = { rows: R[]; hidden: false } | { rows: R[]; hidden: true };

/** Folds what is the same and further than `context` rows from what isn't. */
export function foldSame<R>(rows: readonly R[], isSame: (row: R) => boolean, context = 3): Stretch<R>[] {
  const near = rows.map((_, at) =>
    rows.slice(Math.max(0, at - context), at + context + 1).some((row) => !isSame(row)),
  );
  const stretches: Stretch<R>[] = [];
  rows.forEach((row, at) => {
    const hidden = !near[at];
    const last = stretches.at(-1);
    if (last && last.hidden === hidden) last.rows.push(row);
    else stretches.push({ rows: [row], hidden });
  });
  // A single line takes as much room as saying that it is hidden.
  return stretches.map((each) => (each.rows.length < 2 ? { ...each, hidden: false } : each));
}
