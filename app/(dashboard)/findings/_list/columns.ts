import { type Column, columnChoices, type SortChoice } from "../choices.ts";

type Layout = {
  word: string;
  /** Width in rem. */
  width: number;
  /** The higher, the longer it stays when room grows scarce. */
  weight: number;
  right?: true;
  /** What a press on the head sorts by; a second press by the other. */
  sorts?: readonly [SortChoice, SortChoice?];
};

export const columnLayouts: Readonly<Record<Column, Layout>> = {
  severity: { word: "Severity", width: 6.25, weight: 60, sorts: ["severity"] },
  resource: { word: "Resource", width: 13, weight: 70 },
  account: { word: "Account", width: 10, weight: 50 },
  service: { word: "Service", width: 8, weight: 30 },
  region: { word: "Region", width: 8.5, weight: 40 },
  check: { word: "Check", width: 14, weight: 20 },
  owner: { word: "Owner", width: 8, weight: 45 },
  assignee: { word: "Assignee", width: 9.5, weight: 75 },
  state: { word: "State", width: 8.5, weight: 80 },
  due: { word: "Due", width: 6.5, weight: 85, sorts: ["due"] },
  source: { word: "Found by", width: 8, weight: 10 },
  age: { word: "Age", width: 4.5, weight: 90, right: true, sorts: ["newest", "oldest"] },
};

/** What the finding itself needs beside its columns, with the box to choose it by, in rem. */
const findingWidth = 22;

/*
 * From which width of the list on a cell is there. Spelt out, because Tailwind only knows classes that stand in the
 * source as they are.
 */
const steps: readonly (readonly [rem: number, look: string, instead: string])[] = [
  [24, "hidden @min-[24rem]/list:flex", "@min-[24rem]/list:hidden"],
  [28, "hidden @min-[28rem]/list:flex", "@min-[28rem]/list:hidden"],
  [32, "hidden @min-[32rem]/list:flex", "@min-[32rem]/list:hidden"],
  [36, "hidden @min-[36rem]/list:flex", "@min-[36rem]/list:hidden"],
  [40, "hidden @min-[40rem]/list:flex", "@min-[40rem]/list:hidden"],
  [44, "hidden @min-[44rem]/list:flex", "@min-[44rem]/list:hidden"],
  [48, "hidden @min-[48rem]/list:flex", "@min-[48rem]/list:hidden"],
  [52, "hidden @min-[52rem]/list:flex", "@min-[52rem]/list:hidden"],
  [56, "hidden @min-[56rem]/list:flex", "@min-[56rem]/list:hidden"],
  [60, "hidden @min-[60rem]/list:flex", "@min-[60rem]/list:hidden"],
  [63, "hidden @min-[63rem]/list:flex", "@min-[63rem]/list:hidden"],
  [66, "hidden @min-[66rem]/list:flex", "@min-[66rem]/list:hidden"],
  [72, "hidden @min-[72rem]/list:flex", "@min-[72rem]/list:hidden"],
  [80, "hidden @min-[80rem]/list:flex", "@min-[80rem]/list:hidden"],
  [90, "hidden @min-[90rem]/list:flex", "@min-[90rem]/list:hidden"],
  [100, "hidden @min-[100rem]/list:flex", "@min-[100rem]/list:hidden"],
  [120, "hidden @min-[120rem]/list:flex", "@min-[120rem]/list:hidden"],
];

export type PlacedColumn = {
  column: Column;
  /** The classes that show it where there is room for it and for all that matter more. */
  look: string;
  /** The classes of what stands in for it where there is none. */
  instead: string;
};

export function placeColumns(chosen: readonly Column[]): PlacedColumn[] {
  const byWeight = [...chosen].sort((a, b) => columnLayouts[b].weight - columnLayouts[a].weight);
  let needed = findingWidth;
  const placed = new Map<Column, PlacedColumn>();
  for (const column of byWeight) {
    needed += columnLayouts[column].width;
    const [, look = "hidden", instead = ""] = steps.find(([rem]) => rem >= needed) ?? steps.at(-1) ?? [];
    placed.set(column, { column, look, instead });
  }
  return columnChoices.flatMap((column) => placed.get(column) ?? []);
}
