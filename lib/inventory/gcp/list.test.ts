import { expect, it } from "vitest";
import { GcpCallFailed } from "#lib/clouds/gcp/errors.ts";
import { lastStep, listAggregated, listAll, regionOf, timeFrom } from "./list.ts";

const context = { signal: new AbortController().signal };
type Page = { items?: string[]; nextPageToken?: string; [field: string]: unknown };

/** The items of the pages, which are asked for by the tokens of those before. */
function listOf(...pages: (Page | Error)[]) {
  let next = 0;
  return listAll(
    context,
    "x.things.list",
    async ({ pageToken }) => {
      expect(pageToken).toBe(next === 0 ? undefined : `t${next}`);
      const data = pages[next++] ?? {};
      if (data instanceof Error) throw data;
      return { data: next < pages.length ? { nextPageToken: `t${next}`, ...data } : data };
    },
    (page) => page.items,
  );
}

async function read<T>(items: AsyncIterable<T>) {
  const kept: T[] = [];
  try {
    for await (const item of items) kept.push(item);
    return { items: kept, thrown: null };
  } catch (error) {
    return { items: kept, thrown: error instanceof Error ? error.cause : error };
  }
}

it("reads page after page, and takes a list that Google leaves out for an empty one", async () => {
  expect(
    await read(listOf({ items: ["a", "b"] }, {}, { kind: "things", etag: "e" }, { items: ["c"] })),
  ).toEqual({
    items: ["a", "b", "c"],
    thrown: null,
  });
  expect(await read(listOf({}))).toEqual({ items: [], thrown: null });
  expect(await read(listOf({ totalSize: 0 }))).toEqual({ items: [], thrown: null });
  // An answer that names its kind is Google's, whatever else is in it.
  expect(await read(listOf({ kind: "things", news: 1 }))).toEqual({ items: [], thrown: null });
});

it("does not take somebody else's answer for an empty list", async () => {
  expect(await read(listOf({ items: ["a"] }, { portal: "Please sign in." }))).toMatchObject({
    items: ["a"],
    thrown: { name: "MalformedAnswer", message: "The answer has portal in place of the list." },
  });
});

it("fails at the end when places could not be reached, after all that could", async () => {
  const list = listOf({ items: ["a"], unreachable: ["us", "eu"] }, { items: ["b"], unreachable: ["eu"] });
  expect(await read(list)).toMatchObject({
    items: ["a", "b"],
    thrown: { name: "PartialAnswer", message: "Google could not reach eu, us." },
  });
});

it("does not go round in circles", async () => {
  let page = 0;
  const list = listAll(
    context,
    "x.things.list",
    async () => ({ data: { items: [`${++page}`], nextPageToken: "t" } }),
    ({ items }) => items,
  );
  expect(await read(list)).toMatchObject({ items: ["1", "2"], thrown: { name: "MalformedAnswer" } });
});

it("is empty, or fails, where the API is not in use, as its collector says", async () => {
  const off = new GcpCallFailed(
    403,
    { error: { details: [{ reason: "SERVICE_DISABLED", metadata: { consumer: "projects/1" } }] } },
    { id: "p", number: "1" },
  );
  expect(await read(listOf(off))).toEqual({ items: [], thrown: null });
  const strict = listAll(
    context,
    "x.things.list",
    async (): Promise<{ data: Page }> => {
      throw off;
    },
    (page) => page.items,
    { whenDisabled: "fail" },
  );
  expect(await read(strict)).toEqual({ items: [], thrown: off });
});

it("stops when it is aborted", async () => {
  const controller = new AbortController();
  const list = listAll(
    { signal: controller.signal },
    "x.things.list",
    async () => {
      controller.abort(new Error("The scan was cancelled."));
      return { data: { items: ["a"], nextPageToken: "t" } };
    },
    (page) => page.items,
  );
  expect(await read(list)).toMatchObject({ items: ["a"], thrown: { message: "The scan was cancelled." } });
});

type Scoped = { [scope: string]: { instances?: string[]; warning?: { code: string; message?: string } } };

it("reads what an aggregated list has in each place, and notices those that Google warns of", async () => {
  const none = { warning: { code: "NO_RESULTS_ON_PAGE", message: "There are no results for scope." } };
  const page = (items?: Scoped): { data: { kind: string; items?: Scoped; nextPageToken?: string } } => ({
    data: { kind: "compute#list", ...(items ? { items } : {}) },
  });
  const answers: Scoped[] = [
    { "zones/a": { instances: ["i1", "i2"] }, "zones/b": none, "regions/c": none },
    { "zones/a": { instances: ["i3"] } },
  ];
  let next = 0;
  const list = listAggregated(
    context,
    "compute.instances.list",
    async () => {
      const { data } = page(answers[next++]);
      return { data: next < answers.length ? { ...data, nextPageToken: `t${next}` } : data };
    },
    "instances",
  );
  expect(await read(list)).toEqual({ items: ["i1", "i2", "i3"], thrown: null });
  const partial = listAggregated(
    context,
    "compute.instances.list",
    async () => page({ "zones/a": { instances: ["i1"] }, "zones/b": { warning: { code: "UNREACHABLE" } } }),
    "instances",
  );
  expect(await read(partial)).toMatchObject({
    items: ["i1"],
    thrown: { message: "Google could not reach zones/b." },
  });
  expect(await read(listAggregated(context, "x", async () => page(), "instances"))).toEqual({
    items: [],
    thrown: null,
  });
});

it.each([
  ["https://www.googleapis.com/compute/v1/projects/p/zones/europe-west1-b", "europe-west1"],
  ["zones/us-central1-a", "us-central1"],
  ["projects/p/regions/northamerica-northeast2", "northamerica-northeast2"],
  ["asia-southeast1-c", "asia-southeast1"],
  ["global", "global"],
])("finds the region of %s", (path, region) => {
  expect(regionOf(path)).toBe(region);
});

it("reads names and times as Google writes them", () => {
  expect(lastStep("projects/p/global/networks/default")).toBe("default");
  expect(timeFrom("2025-01-02T03:04:05.678-07:00")).toBe("2025-01-02T10:04:05.678Z");
  expect(timeFrom("1675866300123")).toBe("2023-02-08T14:25:00.123Z");
  expect(timeFrom(undefined)).toBeNull();
  expect(() => timeFrom("soon")).toThrow("a time that is none");
});
