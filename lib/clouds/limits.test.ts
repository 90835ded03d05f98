import { expect, it } from "vitest";
import { CallGovernor, Limiter, type Slot } from "./limits.ts";

/** Starts `count` acquisitions and tells in which order they got their place. */
function queue(limiter: Limiter, count: number) {
  const order: number[] = [];
  const slots: Slot[] = [];
  const waiting = Array.from({ length: count }, async (_, n) => {
    slots.push(await limiter.acquire());
    order.push(n);
  });
  return { order, slots, waiting };
}

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

it("lets in as many as the limit, then first come, first served", async () => {
  const limiter = new Limiter({ start: 2, max: 2 });
  const { order, slots } = queue(limiter, 4);
  await settled();
  expect(order).toEqual([0, 1]);
  for (const slot of slots.splice(0)) limiter.release(slot, "other");
  await settled();
  expect(order).toEqual([0, 1, 2, 3]);
  expect(limiter.inFlight).toBe(2);
});

it("halves once per round, down to one, and creeps back up to its bound", async () => {
  const limiter = new Limiter({ start: 8, max: 9 });
  const throttledTogether = await Promise.all(Array.from({ length: 8 }, () => limiter.acquire()));
  for (const slot of throttledTogether) limiter.release(slot, "throttled");
  // Eight calls of one round are one piece of news.
  expect(limiter.limit).toBe(4);
  for (const expected of [2, 1, 1]) {
    limiter.release(await limiter.acquire(), "throttled");
    expect(limiter.limit).toBe(expected);
  }
  for (let round = 0; round < 100; round += 1) {
    const slots = await Promise.all(Array.from({ length: limiter.limit }, () => limiter.acquire()));
    for (const slot of slots) limiter.release(slot, "succeeded");
  }
  expect(limiter.limit).toBe(9);
});

it("doesn't grow while it isn't used up", async () => {
  const limiter = new Limiter({ start: 4, max: 20 });
  for (let call = 0; call < 100; call += 1) limiter.release(await limiter.acquire(), "succeeded");
  expect(limiter.limit).toBe(4);
});

it("forgets who stops waiting", async () => {
  const limiter = new Limiter({ start: 1, max: 1 });
  const first = await limiter.acquire();
  const controller = new AbortController();
  const aborted = limiter.acquire(controller.signal);
  const patient = limiter.acquire();
  controller.abort(new Error("cancelled"));
  await expect(aborted).rejects.toThrow("cancelled");
  limiter.release(first, "succeeded");
  expect(await patient).toEqual({ round: 0 });
  await expect(limiter.acquire(AbortSignal.abort(new Error("too late")))).rejects.toThrow("too late");
  expect(limiter.inFlight).toBe(1);
});

it("counts by service and action", () => {
  const governor = new CallGovernor({ start: 3, max: 5 });
  governor.count("s3", "GetBucketAcl", "calls");
  governor.count("s3", "GetBucketAcl", "throttles");
  governor.count("s3", "ListBuckets", "calls");
  expect(governor.usage()).toEqual({
    s3: {
      calls: 2,
      throttles: 1,
      retries: 0,
      limit: 3,
      actions: {
        GetBucketAcl: { calls: 1, throttles: 1, retries: 0 },
        ListBuckets: { calls: 1, throttles: 0, retries: 0 },
      },
    },
  });
});
