import { expect, it } from "vitest";
import { Listing } from "./answers.ts";
import { createCollectContext, type NewGap } from "./context.ts";
import type { GapCode, Resource } from "./model.ts";

/** An error as a provider would answer it; anything else is a bug. */
class Refused extends Error {
  readonly code: GapCode;
  constructor(name: string, code: GapCode = "denied") {
    super(`${name} said`);
    this.name = name;
    this.code = code;
  }
}

function setUp(concurrency?: number) {
  const gaps: NewGap[] = [];
  const controller = new AbortController();
  const context = createCollectContext({
    account: "1",
    partition: "aws",
    region: "eu-west-1",
    clients: {},
    signal: controller.signal,
    onGap: (gap) => gaps.push(gap),
    classify: (error) =>
      error instanceof Refused ? { code: error.code, name: error.name, message: error.message } : null,
    concurrency,
  });
  return { context, gaps, controller };
}

const resource = (name: string): Resource<"aws.s3.account"> => ({
  uid: name,
  kind: "aws.s3.account",
  account: "1",
  region: "global",
  name,
  tags: {},
  config: {},
  unread: [],
});

const throwing = (error: Error) => async () => {
  throw error;
};

/** What `each` yielded, by name, and what it threw in the end. */
async function drain(resources: AsyncIterable<Resource>) {
  const names: string[] = [];
  try {
    for await (const found of resources) names.push(found.name);
  } catch (error) {
    return { names: names.sort(), thrown: error };
  }
  return { names: names.sort(), thrown: null };
}

it("reads a value, nothing, or not at all", async () => {
  const { context, gaps } = setUp();
  expect(await context.read("u", "s3:Get", async () => 5)).toBe(5);
  const absent = { absent: ["NoSuchThing"] };
  expect(await context.read("u", "s3:Get", throwing(new Refused("NoSuchThing")), absent)).toBeNull();
  expect(gaps).toEqual([]);
  expect(
    await context.read("u", "s3:Get", throwing(new Refused("Slow", "throttled")), absent),
  ).toBeUndefined();
  expect(gaps).toEqual([{ resourceUid: "u", operation: "s3:Get", code: "throttled", message: "Slow said" }]);
});

it("throws on what no provider said", async () => {
  const { context, gaps } = setUp();
  await expect(context.read("u", "s3:Get", throwing(new TypeError("bug")))).rejects.toThrow("bug");
  expect(gaps).toEqual([]);
});

it("leaves out a resource that is gone", async () => {
  const { context, gaps } = setUp();
  const read = context.each(["kept", "gone"], async (name) => {
    await context.read(
      name,
      "s3:Get",
      async () => {
        if (name === "gone") throw new Refused("NoSuchBucket");
      },
      { gone: ["NoSuchBucket"] },
    );
    return resource(name);
  });
  expect(await drain(read)).toEqual({ names: ["kept"], thrown: null });
  expect(gaps).toEqual([]);
});

it("describes no more at once than it may, and none before the last were taken", async () => {
  const { context } = setUp(3);
  let running = 0;
  let most = 0;
  let begun = 0;
  const items = Array.from({ length: 50 }, (_, n) => `${n}`);
  const read = context.each(items, async (name) => {
    begun += 1;
    running += 1;
    most = Math.max(most, running);
    await new Promise<void>((resolve) => setImmediate(resolve));
    running -= 1;
    return resource(name);
  });
  const names: string[] = [];
  for await (const found of read) {
    names.push(found.name);
    // Three under way, and each of them may hold one finished resource until it is taken.
    expect(begun - names.length).toBeLessThanOrEqual(3);
  }
  expect(most).toBe(3);
  expect(names).toHaveLength(50);
});

it("keeps what was read when a page or a resource fails, and throws at the end", async () => {
  const { context } = setUp();
  async function* pages() {
    yield "a";
    yield "b";
    throw new Refused("Denied");
  }
  expect(await drain(context.each(pages(), async (name) => resource(name)))).toEqual({
    names: ["a", "b"],
    thrown: new Refused("Denied"),
  });
  const each = context.each(["a", "bad", "c"], async (name) => {
    if (name === "bad") throw new Refused("Odd", "malformed");
    return resource(name);
  });
  expect(await drain(each)).toEqual({ names: ["a", "c"], thrown: new Refused("Odd", "malformed") });
});

it("says which list an item that can't be understood came from", async () => {
  const { context } = setUp();
  const items = new Listing("s3:List", ["a", "bad"]);
  const each = context.each(items, async (name) => {
    if (name === "bad") throw new Refused("Odd", "malformed");
    return resource(name);
  });
  expect(await drain(each)).toMatchObject({
    names: ["a"],
    thrown: { name: "ListFailed", operation: "s3:List", cause: { name: "Odd" } },
  });
});

it("stops at a bug", async () => {
  const { context } = setUp(1);
  const each = context.each(["a", "bad", "c"], async (name) => {
    if (name === "bad") throw new TypeError("bug");
    return resource(name);
  });
  expect(await drain(each)).toEqual({ names: ["a"], thrown: new TypeError("bug") });
});

it("stops at once when aborted, whatever still hangs", async () => {
  const { context, controller } = setUp();
  const read = drain(context.each(["a", "b"], () => new Promise(() => {})));
  controller.abort(new Error("cancelled"));
  expect(await read).toEqual({ names: [], thrown: new Error("cancelled") });
  await expect(context.read("u", "s3:Get", async () => 5)).rejects.toThrow("cancelled");
  expect(await drain(context.each(["a"], async (name) => resource(name)))).toEqual({
    names: [],
    thrown: new Error("cancelled"),
  });
});

it("closes its source when whoever reads has had enough", async () => {
  const { context } = setUp(2);
  let closed = false;
  async function* endless() {
    try {
      for (let n = 0; ; n += 1) yield `${n}`;
    } finally {
      closed = true;
    }
  }
  for await (const _ of context.each(endless(), async (name) => resource(name))) break;
  expect(closed).toBe(true);
});
