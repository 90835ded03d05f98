import { describe, expect, it } from "vitest";
import type { FindingRow } from "#db/findings/model.ts";
import type { LabelledGroup } from "../read-findings.ts";
import { groupItems, rowItems } from "./items.ts";

const group = (key: string, findings: number): LabelledGroup => ({
  key,
  name: key,
  label: key,
  findings,
  severities: { critical: 0, high: findings, medium: 0, low: 0, info: 0 },
  resources: null,
});
const row = (id: string) => ({ id }) as FindingRow;
const keys = (items: readonly { kind: string; key: string }[]) =>
  items.map(({ kind, key }) => `${kind} ${key}`);

describe("the items of a list", () => {
  it("are its rows, and places for those on their way", () => {
    expect(keys(rowItems([row("a"), row("b")], false))).toEqual(["row a", "row b"]);
    expect(rowItems([row("a")], true).filter(({ kind }) => kind === "waiting")).toHaveLength(8);
  });
  it("are groups with the rows of those that are unfolded, and a way to the rest of them", () => {
    const unfolded = new Map([
      ["one", [row("a"), row("b")]],
      ["two", [row("c")]],
      ["three", undefined],
    ]);
    const groups = [group("one", 2), group("two", 9), group("three", 2), group("four", 1)];
    expect(keys(groupItems(groups, unfolded, false))).toEqual([
      "group group:one",
      "row a",
      "row b",
      "group group:two",
      "row c",
      "rest rest:two",
      "group group:three",
      "waiting three-0",
      "waiting three-1",
      "group group:four",
    ]);
  });
});
