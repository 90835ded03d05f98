import { expect, it } from "vitest";
import { listedBelow } from "./listed-below.ts";

async function* parents(count: number, fails = false) {
  for (let n = 0; n < count; n += 1) yield n;
  if (fails) throw new Error("no more parents");
}

async function drain<T>(items: AsyncIterable<T>) {
  const seen: T[] = [];
  try {
    for await (const item of items) seen.push(item);
  } catch (error) {
    return { seen, error };
  }
  return { seen, error: null };
}

it("keeps the parents' order, with some lists under way at once", async () => {
  let atOnce = 0;
  let most = 0;
  const list = async (n: number) => {
    atOnce += 1;
    most = Math.max(most, atOnce);
    for (let turn = 0; turn < 5 - (n % 5); turn += 1) await new Promise(setImmediate);
    atOnce -= 1;
    return [`${n}a`, `${n}b`];
  };
  const { seen } = await drain(listedBelow(parents(20), list, 4));
  expect(seen).toEqual(Array.from({ length: 20 }, (_, n) => [`${n}a`, `${n}b`]).flat());
  expect(most).toBe(4);
});

it("goes on after a list that fails, and tells of it at the end", async () => {
  const failure = new Error("refused");
  const list = async (n: number) => {
    if (n === 1 || n === 3) throw n === 1 ? failure : new Error("later");
    return [n];
  };
  expect(await drain(listedBelow(parents(5), list, 2))).toEqual({ seen: [0, 2, 4], error: failure });
});

it("keeps what it had when the parents fail", async () => {
  const { seen, error } = await drain(listedBelow(parents(3, true), async (n) => [n], 8));
  expect(seen).toEqual([0, 1, 2]);
  expect(error).toEqual(new Error("no more parents"));
});

it("stops asking for parents when nobody listens any more", async () => {
  let asked = 0;
  async function* endless() {
    for (;;) yield asked++;
  }
  for await (const item of listedBelow(endless(), async (n) => [n], 3)) if (item === 5) break;
  expect(asked).toBeLessThan(20);
});
