import { describe, expect, test } from "vitest";
import { diffLines, foldSame, pairLines } from "./line-diff.ts";

const signs = { same: " ", removed: "-", added: "+" } as const;
const show = (before: string, after: string) =>
  diffLines(before, after).map(({ kind, text }) => `${signs[kind]}${text}`);

describe("diffLines", () => {
  test("keeps what is common, and puts what was removed before what came in its place", () => {
    expect(show("a\nb\nc\nd", "a\nx\nc\ny\nd")).toEqual([" a", "-b", "+x", " c", "+y", " d"]);
  });

  test("numbers the lines of each side", () => {
    expect(diffLines("a\nb", "b\nc")).toEqual([
      { kind: "removed", before: 1, after: null, text: "a" },
      { kind: "same", before: 2, after: 1, text: "b" },
      { kind: "added", before: null, after: 2, text: "c" },
    ]);
  });

  test("finds nothing where nothing differs", () => {
    expect(show("a\nb", "a\nb")).toEqual([" a", " b"]);
  });

  test("survives one that is part of the other at both ends", () => {
    expect(show("a\na", "a\na\na")).toEqual([" a", " a", "+a"]);
    expect(show("a\na\na", "a\na")).toEqual([" a", " a", "-a"]);
  });

  test("shows two that are too long to be compared one after the other", () => {
    const long = (word: string) => Array.from({ length: 2_500 }, (_, at) => `${word}${at}`).join("\n");
    const lines = diffLines(long("a"), long("b"));
    expect([lines.length, lines[2_499]?.kind, lines[2_500]?.kind]).toEqual([5_000, "removed", "added"]);
  });
});

test("pairLines sets what was removed beside what came in its place", () => {
  const pairs = pairLines(diffLines("a\nb\nc", "a\nx\ny\nc"));
  expect(pairs.map(({ before, after }) => [before?.text ?? null, after?.text ?? null])).toEqual([
    ["a", "a"],
    ["b", "x"],
    [null, "y"],
    ["c", "c"],
  ]);
});

test("foldSame hides what is far from any difference, but never a single line", () => {
  const rows = ["s1", "s2", "s3", "s4", "D", "s5", "s6", "s7"];
  const folded = (context: number) =>
    foldSame(rows, (row) => row.startsWith("s"), context).map(({ rows: each, hidden }) => [
      hidden,
      each.length,
    ]);
  expect(folded(1)).toEqual([
    [true, 3],
    [false, 3],
    [true, 2],
  ]);
  expect(folded(3)).toEqual([
    [false, 1],
    [false, 7],
  ]);
});
