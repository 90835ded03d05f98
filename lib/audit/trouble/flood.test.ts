import { expect, it } from "vitest";
import { FloodGate, mostTroubleAMinute } from "./flood.ts";

it("lets so much of one kind through in a minute, says when that is reached, and afterwards how much it was", () => {
  const gate = new FloodGate();
  const said = Array.from({ length: mostTroubleAMinute + 3 }, () => gate.admit("a", 1_000));
  expect(said).toEqual([
    ...Array.from({ length: mostTroubleAMinute - 1 }, () => ({})),
    { limitReached: true },
    ...[null, null, null],
  ]);
  expect(gate.admit("b", 1_000)).toEqual({});
  expect(gate.admit("a", 60_999)).toBeNull();
  expect(gate.admit("a", 61_000)).toEqual({ unrecorded: 4 });
  expect(gate.admit("a", 61_001)).toEqual({});
  expect(gate.admit("a", 200_000)).toEqual({});
});

it("forgets what is over before it holds too much", () => {
  const gate = new FloodGate();
  for (let kind = 0; kind < 10_000; kind++) gate.admit(`old ${kind}`, 0);
  for (let kind = 0; kind < 10_000; kind++) gate.admit(`new ${kind}`, 60_000 + kind);
  expect(gate.admit("new 9999", 70_000)).toEqual({});
});
