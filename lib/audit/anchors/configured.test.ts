import { resolve } from "node:path";
import { expect, it } from "vitest";
import { parseAnchors } from "./configured.ts";

const namesOf = (text: string) => parseAnchors(text).map(({ name }) => name);

it("reads any number of anchors, and names them without what lies behind the question mark", () => {
  const s3 = "s3://trail/eu/parapet?region=eu-central-1&days=365&endpoint=https://s3.example.com:9000";
  expect(
    namesOf(`file:/var/lib/parapet/anchor.ndjson, ${s3},file:here/a,b.ndjson,s3://other?days=1`),
  ).toEqual([
    "file:/var/lib/parapet/anchor.ndjson",
    "s3://trail/eu/parapet",
    `file:${resolve("here/a,b.ndjson")}`,
    "s3://other/",
  ]);
  expect(namesOf("file:///mnt/anchor")).toEqual(["file:/mnt/anchor"]);
});

it.each([
  ["ftp://x", "must be file:/path"],
  ["s3:", "must name a bucket"],
  ["s3://key:secret@bucket/prefix", "no credentials"],
  ["s3://bucket?days=0", "days as a whole number"],
  ["s3://bucket?days=ten", "days as a whole number"],
  ["s3://bucket?day=10", "has day, which no bucket takes"],
  ["s3://bucket?endpoint=example.com", "must give endpoint"],
  ["s3://bucket?endpoint=https://a:b@example.com", "must give endpoint"],
  ["file:/a,file:/a", "names file:/a twice"],
])("refuses %s", (text, why) => {
  expect(() => parseAnchors(text)).toThrow(why);
});
