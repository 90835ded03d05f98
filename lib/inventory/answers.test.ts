import { expect, test } from "vitest";
import { ListFailed, listing, MalformedAnswer } from "./answers.ts";

async function readAll(pages: () => Generator<object[]>) {
  const stream = async function* () {
    yield* pages();
  };
  const read: object[] = [];
  try {
    for await (const item of listing("s3:ListAllMyBuckets", stream(), (page) => page)) read.push(item);
    return { read, error: null };
  } catch (error) {
    return { read, error };
  }
}

const failed = (error: unknown) => {
  expect(error).toBeInstanceOf(ListFailed);
  const { operation, cause } = Object(error);
  expect(operation).toBe("s3:ListAllMyBuckets");
  expect(cause).toBeInstanceOf(MalformedAnswer);
};

test("a list is read page by page, also past empty and like ones", async () => {
  const [a, b, c] = [{ id: "a" }, { id: "b" }, { id: "c" }];
  const { read, error } = await readAll(function* () {
    yield* [[a, b], [], [], [a, c], [c, b], [c]];
  });
  expect({ read, error }).toEqual({ read: [a, b, a, c, c, b, c], error: null });
});

test("a page that leads to itself fails the list, after what was read", async () => {
  const { read, error } = await readAll(function* () {
    for (;;) yield [{ id: "a" }, { id: "b" }];
  });
  expect(read).toEqual([{ id: "a" }, { id: "b" }]);
  failed(error);
});

test("a list that never ends fails, too", async () => {
  const { read, error } = await readAll(function* () {
    for (;;) yield [];
  });
  expect(read).toEqual([]);
  failed(error);
});
