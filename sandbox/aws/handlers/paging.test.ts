import { expect, it } from "vitest";
import { largestPage, takePage } from "./paging.ts";

const key = (item: string) => item;
const items = Array.from({ length: 2 * largestPage + 7 }, (_, n) => `item ${n}`);

function readAll(
  list: () => string[],
  max: number | undefined,
  between: (page: string[]) => void = () => {},
) {
  const seen: string[] = [];
  let token: string | undefined;
  do {
    const page = takePage(list(), { token, max, key });
    seen.push(...page.items);
    between(page.items);
    token = page.next;
  } while (token);
  return seen;
}

it("hands out every item once, in small pages whatever is asked for", () => {
  const sizes: number[] = [];
  expect(
    readAll(
      () => items,
      1000,
      (page) => sizes.push(page.length),
    ),
  ).toEqual(items);
  expect(sizes).toEqual([largestPage, largestPage, 7]);
});

it("honours a smaller page", () => {
  expect(takePage(items, { token: undefined, max: 3, key }).items).toEqual(["item 0", "item 1", "item 2"]);
  expect(readAll(() => items, 3)).toEqual(items);
});

it("loses nothing when what was already read goes away in between", () => {
  let left = items;
  const seen = readAll(
    () => left,
    10,
    (page) => {
      left = left.filter((item) => !page.slice(0, 4).includes(item));
    },
  );
  expect(seen).toEqual(items);
});

it("goes on where it was when the next item itself goes away", () => {
  const first = takePage(items, { token: undefined, max: 10, key });
  const left = items.filter((item) => item !== "item 10");
  expect(takePage(left, { token: first.next, max: 2, key }).items).toEqual(["item 11", "item 12"]);
});

it("ends without a token, and refuses one it never gave", () => {
  expect(takePage(["a"], { token: undefined, max: 1, key })).toEqual({ items: ["a"] });
  expect(() => takePage(items, { token: "nonsense", max: 1, key, badToken: "InvalidMarker" })).toThrow(
    expect.objectContaining({ code: "InvalidMarker" }),
  );
});
