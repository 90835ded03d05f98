import { expect, test } from "vitest";
import { keepDecided } from "./keep-decided.ts";

const plan = (id: string) => ({ id });
const decided = (...entries: [id: string, at: number][]) =>
  new Map(entries.map(([id, at]) => [id, { plan: plan(id), decision: "approve", at }]));
const ids = (rows: ReturnType<typeof keepDecided>) =>
  rows.map(({ plan: { id }, decision }) => (decision ? `${id} done` : id));

test("what was decided on keeps its place, whether it still waits or has gone", () => {
  expect(ids(keepDecided([plan("a"), plan("b"), plan("c")], decided(["b", 1])))).toEqual([
    "a",
    "b done",
    "c",
  ]);
  expect(ids(keepDecided([plan("a"), plan("c")], decided(["b", 1])))).toEqual(["a", "b done", "c"]);
  expect(ids(keepDecided([], decided(["b", 1], ["a", 0])))).toEqual(["a done", "b done"]);
});

test("what comes later stands after what was there", () => {
  expect(ids(keepDecided([plan("a"), plan("new")], decided(["b", 1])))).toEqual(["a", "b done", "new"]);
});
