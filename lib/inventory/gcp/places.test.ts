import { expect, it } from "vitest";
import { inEach } from "./places.ts";

async function read<T>(items: AsyncIterable<T>): Promise<{ items: T[]; thrown: unknown }> {
  const kept: T[] = [];
  try {
    for await (const item of items) kept.push(item);
    return { items: kept, thrown: null };
  } catch (error) {
    return { items: kept, thrown: error instanceof Error ? error.message : error };
  }
}

const names = Array.from({ length: 30 }, (_item, index) => `p${index}`);

it("lists some places at a time, and yields in their order", async () => {
  let open = 0;
  let most = 0;
  const listed = inEach(names, async function* (name) {
    open += 1;
    most = Math.max(most, open);
    await new Promise((resolve) => setImmediate(resolve));
    yield `${name}a`;
    yield `${name}b`;
    open -= 1;
  });
  expect(await read(listed)).toEqual({
    items: names.flatMap((name) => [`${name}a`, `${name}b`]),
    thrown: null,
  });
  expect(most).toBe(8);
});

it("reads on after a place that fails, and tells of the first at the end", async () => {
  const listed = inEach(["a", "b", "c", "d"], async function* (name) {
    yield `${name}1`;
    if (name === "b" || name === "c") throw new Error(`${name} is shut`);
    yield `${name}2`;
  });
  expect(await read(listed)).toEqual({
    items: ["a1", "a2", "b1", "c1", "d1", "d2"],
    thrown: "b is shut",
  });
});

it("keeps what the places hold that came before their own list failed", async () => {
  const places = async function* () {
    yield "a";
    throw new Error("no more places");
  };
  const listed = inEach(places(), async function* (name) {
    yield `${name}1`;
  });
  expect(await read(listed)).toEqual({ items: ["a1"], thrown: "no more places" });
});
