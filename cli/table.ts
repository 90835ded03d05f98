import type { Writable } from "node:stream";
import { stripVTControlCharacters } from "node:util";

/** Names come from the cloud: a control character in one must not reach the terminal. */
export const printable = (text: string): string =>
  stripVTControlCharacters(text).replace(/[\p{Cc}\p{Bidi_Control}]/gu, "�");

const cut = (text: string, width: number): string =>
  text.length > width ? `${text.slice(0, width - 1)}…` : text;

/** Writes aligned columns under a head; a cell is cut at `widest` characters. */
export function writeColumns(
  out: Writable,
  head: readonly string[],
  rows: readonly (readonly string[])[],
  widest: readonly number[] = [],
): void {
  const cells = [head, ...rows].map((row) =>
    row.map((cell, column) => cut(printable(cell), widest[column] ?? 90)),
  );
  const widths = head.map((_, column) =>
    cells.reduce((max, row) => Math.max(max, row[column]?.length ?? 0), 0),
  );
  for (const row of cells) {
    const line = row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ");
    out.write(`${line.trimEnd()}\n`);
  }
}

/** Prints a value as JSON, for programs. */
export const writeJson = (value: unknown): boolean =>
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
