/** Whole numbers as from, to, from, to, …: ascending, each before its `to`. */
export type Ranges = readonly number[];

/** The same, sorted, with those that touch or overlap made one. */
export function normalise(ranges: Ranges): number[] {
  const pairs = pairsOf(ranges).sort(([a], [b]) => a - b);
  const merged: number[] = [];
  for (const [from, to] of pairs) {
    const last = merged.at(-1);
    if (last !== undefined && from <= last) merged[merged.length - 1] = Math.max(last, to);
    else merged.push(from, to);
  }
  return merged;
}

/** What is in the first and not in the second. Both normalised. */
export function subtract(ranges: Ranges, without: Ranges): number[] {
  const cuts = pairsOf(without);
  const left: number[] = [];
  let next = 0;
  for (const [from, to] of pairsOf(ranges)) {
    let start = from;
    while ((cuts[next]?.[1] ?? Number.POSITIVE_INFINITY) <= start) next += 1;
    for (let at = next; start < to; at += 1) {
      const [cutFrom, cutTo] = cuts[at] ?? [to, to];
      if (cutFrom > start) left.push(start, Math.min(cutFrom, to));
      start = Math.max(start, cutTo);
      if (cutFrom >= to) break;
    }
  }
  return left;
}

/** What is in both. Both normalised. */
export const intersect = (a: Ranges, b: Ranges): number[] => subtract(a, subtract(a, b));

export const countOf = (ranges: Ranges): number =>
  pairsOf(ranges).reduce((sum, [from, to]) => sum + to - from, 0);

export function pairsOf(ranges: Ranges): [number, number][] {
  const pairs: [number, number][] = [];
  for (let at = 0; at < ranges.length; at += 2) pairs.push([ranges[at] ?? 0, ranges[at + 1] ?? 0]);
  return pairs;
}
