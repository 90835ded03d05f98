import type { FindingRow } from "#db/findings/model.ts";
import type { LabelledGroup } from "../read-findings.ts";

/** What the list shows one beneath the other. */
export type Item =
  | { kind: "row"; key: string; row: FindingRow }
  | { kind: "group"; key: string; group: LabelledGroup; open: boolean }
  /** The rest of an unfolded group's findings, shown as a list of their own. */
  | { kind: "rest"; key: string; group: LabelledGroup }
  | { kind: "waiting"; key: string };

export const heights = {
  wide: { row: 57, group: 57, rest: 41, waiting: 57 },
  narrow: { row: 101, group: 81, rest: 49, waiting: 101 },
} as const;

/** Rows, and a few places held for those on their way. */
export function rowItems(rows: readonly FindingRow[], more: boolean): Item[] {
  const items = rows.map((row): Item => ({ kind: "row", key: row.id, row }));
  return more ? [...items, ...waitingItems("more", 8)] : items;
}

export const waitingItems = (of: string, many: number): Item[] =>
  Array.from({ length: many }, (_, at) => ({ kind: "waiting", key: `${of}-${at}` }));

/** Groups, each with its findings beneath it where it is unfolded; `undefined` rows are on their way. */
export function groupItems(
  groups: readonly LabelledGroup[],
  unfolded: ReadonlyMap<string, readonly FindingRow[] | undefined>,
  more: boolean,
): Item[] {
  const items = groups.flatMap((group): Item[] => {
    const open = unfolded.has(group.key);
    const head: Item = { kind: "group", key: `group:${group.key}`, group, open };
    if (!open) return [head];
    const rows = unfolded.get(group.key);
    if (!rows) return [head, ...waitingItems(group.key, Math.min(3, group.findings))];
    const rest: Item[] =
      group.findings > rows.length ? [{ kind: "rest", key: `rest:${group.key}`, group }] : [];
    return [head, ...rows.map((row): Item => ({ kind: "row", key: row.id, row })), ...rest];
  });
  return more ? [...items, ...waitingItems("more", 4)] : items;
}
