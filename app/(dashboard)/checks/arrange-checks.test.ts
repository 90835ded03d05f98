import { expect, test } from "vitest";
import { catalogue } from "#lib/checks/index.ts";
import { arrangeChecks, standingsOf } from "./arrange-checks.ts";
import { parseChecksSearch } from "./search-params.ts";

const counts = (fail: number, unknown = 0, pass = 0) => ({ pass, fail, unknown, manual: 0 });
const versioning = "aws.s3.bucket-versioning";

function ask(raw: Record<string, string>, stand: Record<string, ReturnType<typeof counts>> = {}) {
  return arrangeChecks(catalogue, new Map(Object.entries(stand)), parseChecksSearch(raw)).map(({ id }) => id);
}

test("everything is shown, in catalogue order, unless asked otherwise", () => {
  expect(ask({})).toEqual(catalogue.map(({ id }) => id));
  expect(ask({ cloud: "mars", severity: "grave", sort: "colour" })).toEqual(catalogue.map(({ id }) => id));
});

test("every filter narrows, and words are all to be found", () => {
  expect(ask({ cloud: "aws", service: "aws.s3", q: "VERSION keeps" })).toEqual([versioning]);
  expect(ask({ service: "aws.s3", severity: "critical", q: "versions of objects" })).toEqual([]);
  const ofGcp = ask({ framework: "cis-gcp" });
  expect(ofGcp.length).toBeGreaterThan(10);
  expect(ofGcp.filter((id) => !id.startsWith("gcp."))).toEqual([]);
});

test("a check stands by what it counted, and may both fail and not know", () => {
  expect(standingsOf(counts(0))).toEqual(["unjudged"]);
  expect(standingsOf(counts(1, 2, 3))).toEqual(["failing", "unknown"]);
  expect(standingsOf(counts(0, 0, 3))).toEqual(["passing"]);
  expect(ask({ standing: "unknown" }, { [versioning]: counts(1, 2) })).toEqual([versioning]);
  expect(ask({ standing: "passing" }, { [versioning]: counts(1, 2) })).toEqual([]);
});

test("the most failing, or the gravest, come first when asked for", () => {
  const stand = { [versioning]: counts(9), "aws.kms.key-rotation": counts(3) };
  expect(ask({ sort: "failing" }, stand)[0]).toBe(versioning);
  const [first] = ask({ sort: "severity" });
  expect(catalogue.find(({ id }) => id === first)?.severity).toBe("critical");
});
