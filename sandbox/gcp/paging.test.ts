import { expect, it } from "vitest";
import { newGcpEstate } from "#sandbox/estates/build/gcp/project.ts";
import { listAnswer, pageOf } from "./paging.ts";

const items = Array.from({ length: 7 }, (_item, index) => ({ name: `n${index}` }));
const call = (query: Record<string, string> = {}, maxPageSize = 100) => ({
  estate: newGcpEstate(maxPageSize),
  path: "/v1/things",
  query: new URLSearchParams(query),
});

/** Every item's name, page by page; `between` runs before each page but the first. */
function readAll(list: { name: string }[], query: Record<string, string>, between = () => {}): string[][] {
  const pages: string[][] = [];
  let pageToken: string | undefined;
  do {
    if (pages.length > 0) between();
    const page = pageOf(call({ ...query, ...(pageToken ? { pageToken } : {}) }), list);
    pages.push(page.items.map(({ name }) => name));
    pageToken = page.nextPageToken;
  } while (pageToken);
  return pages;
}

it("gives pages of the size asked for, by either name, and no token with the last", () => {
  const pages = [["n0", "n1", "n2"], ["n3", "n4", "n5"], ["n6"]];
  expect(readAll(items, { maxResults: "3" })).toEqual(pages);
  expect(readAll(items, { pageSize: "3" })).toEqual(pages);
  expect(readAll(items, { pageSize: "7" })).toEqual([items.map(({ name }) => name)]);
  expect(readAll([], { pageSize: "3" })).toEqual([[]]);
});

it("gives no more than the API, and the estate, allow", () => {
  expect(pageOf(call({ maxResults: "50" }, 2), items).items).toHaveLength(2);
  expect(pageOf(call({ maxResults: "50" }), items, { maxSize: 5 }).items).toHaveLength(5);
  expect(pageOf(call(), items, { defaultSize: 4 }).items).toHaveLength(4);
});

it.each([
  ["before what was read", "n1", [["n0", "n1", "n2"], ["n3", "n4", "n5"], ["n6"]]],
  ["that was read last", "n2", [["n0", "n1", "n2"], ["n3", "n4", "n5"], ["n6"]]],
  [
    "that would come next",
    "n3",
    [
      ["n0", "n1", "n2"],
      ["n4", "n5", "n6"],
    ],
  ],
])("leaves nothing out when something is deleted %s", (_what, victim, pages) => {
  const list = [...items];
  const remove = () => {
    const at = list.findIndex(({ name }) => name === victim);
    if (at !== -1) list.splice(at, 1);
  };
  expect(readAll(list, { pageSize: "3" }, remove)).toEqual(pages);
});

it("takes a token for the list it was given out for, and for no other", () => {
  const { nextPageToken: pageToken = "" } = pageOf(call({ pageSize: "3" }), items);
  const strange = [
    { ...call({ pageToken }), path: "/v1/others" },
    call({ pageToken, filter: "name:n1" }),
    call({ pageToken: "nonsense" }),
  ];
  for (const one of strange) expect(() => pageOf(one, items)).toThrow("Invalid value for page token.");
  expect(() => pageOf(call({ pageSize: "-1" }), items)).toThrow("Invalid page size.");
});

it("leaves an empty list out, as Google does", () => {
  expect(listAnswer(call(), "items", [], { kind: "things" })).toEqual({ kind: "things" });
  expect(listAnswer(call({ pageSize: "6" }), "items", items, { kind: "things" })).toEqual({
    kind: "things",
    items: items.slice(0, 6),
    nextPageToken: expect.any(String),
  });
});
