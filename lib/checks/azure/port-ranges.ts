/** Ports, both ends included. */
export type PortRange = readonly [from: number, to: number];

export const everyPort: PortRange = [0, 65_535];

/** Reads `*`, `22` and `20-25`; `null` for what is none of them, which opens and closes nothing. */
export function portRangeOf(text: string): PortRange | null {
  if (text.trim() === "*") return everyPort;
  const [, first, last = first] = /^\s*(\d{1,5})(?:\s*-\s*(\d{1,5}))?\s*$/.exec(text) ?? [];
  if (first === undefined || last === undefined) return null;
  const from = Number(first);
  const to = Number(last);
  return from <= to && to <= 65_535 ? [from, to] : null;
}

export const portRangesOf = (texts: readonly string[]): PortRange[] =>
  texts.flatMap((text) => {
    const range = portRangeOf(text);
    return range ? [range] : [];
  });

export const includesPort = (ranges: readonly PortRange[], port: number): boolean =>
  ranges.some(([from, to]) => from <= port && port <= to);

/** The parts of `within` in which no range begins or ends: what holds for one port of a part holds for all of it. */
export function partsOf(within: PortRange, ranges: readonly PortRange[]): PortRange[] {
  const [first, last] = within;
  const starts = new Set([first]);
  for (const [from, to] of ranges)
    for (const at of [from, to + 1]) if (first < at && at <= last) starts.add(at);
  const sorted = [...starts].sort((a, b) => a - b);
  return sorted.map((from, index) => [from, (sorted[index + 1] ?? last + 1) - 1]);
}

/** Puts together ranges that touch; they must be sorted and apart. */
export function joined(ranges: readonly PortRange[]): PortRange[] {
  const result: PortRange[] = [];
  for (const [from, to] of ranges) {
    const previous = result.at(-1);
    if (previous && previous[1] + 1 === from) result[result.length - 1] = [previous[0], to];
    else result.push([from, to]);
  }
  return result;
}

export const describePorts = (ranges: readonly PortRange[]): string[] =>
  ranges.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`));
