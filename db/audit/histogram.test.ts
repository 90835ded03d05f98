import { expect, it } from "vitest";
import { middleOf, percentileOf } from "./histogram.ts";

const bucketOf = (ms: number) => Math.floor(Math.log2(Math.max(ms, 0.001)) * 8);
const bucketsOf = (values: readonly number[]) =>
  [...Map.groupBy(values.map(bucketOf), (bucket) => bucket)].map(([bucket, all]) => ({
    bucket,
    entries: all.length,
  }));

it.each([0.05, 0.7, 1, 12, 950, 36_000_000])("tells %d ms within 5 %%", (ms) => {
  expect(Math.abs(middleOf(bucketOf(ms)) / ms - 1)).toBeLessThan(0.05);
});

it("gives percentiles that lie near the true ones, and never outside of what there was", () => {
  const values = Array.from({ length: 1_000 }, (_, n) => n + 1);
  const known = { minMs: 1, maxMs: 1_000 };
  for (const [share, truly] of [
    [0.5, 500],
    [0.95, 950],
    [0.99, 990],
  ] as const)
    expect(Math.abs(percentileOf(bucketsOf(values), share, known) / truly - 1)).toBeLessThan(0.05);
  expect(percentileOf(bucketsOf([7]), 0.99, { minMs: 7, maxMs: 7 })).toBe(7);
});
