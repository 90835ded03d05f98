import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { catalogue } from "#lib/checks/index.ts";
import { type AnyCheck, defineCheck, fail, manual, pass, unknown } from "#lib/checks/model.ts";
import type { Resource } from "#lib/inventory/model.ts";
import { CheckSet, checksInScope, evaluate, resourceHash, valueAt } from "./evaluate.ts";

const asOf = new Date("2026-01-31T12:00:00Z");
const bucket = (config: object = {}, given: Partial<Resource> = {}): Resource =>
  ({
    uid: "arn:aws:s3:::b",
    kind: "aws.s3.bucket",
    account: "111122223333",
    region: "eu-west-1",
    name: "b",
    tags: {},
    unread: [],
    config,
    ...given,
  }) as Resource;

const described = {
  severity: "high",
  permissions: [],
  risk: "",
  remediation: { text: "", url: "" },
} as const;
const base = { ...described, resource: "aws.s3.bucket" } as const;
const passing = defineCheck({ ...base, id: "t.s3.a", title: "a", evaluate: () => pass() });
const failing = defineCheck({
  ...base,
  id: "t.s3.b",
  title: "b",
  evaluate: () => fail("It is off.", "/versioning", "/grants/1/a~1b", "/not/there"),
});
const unknowing = defineCheck({ ...base, id: "t.s3.c", title: "c", evaluate: () => unknown("bucket ACL") });
const byHand = defineCheck({ ...base, id: "t.s3.d", title: "d", evaluate: () => manual("Look at it.") });
const timed = defineCheck({
  ...base,
  id: "t.s3.e",
  title: "e",
  dependsOnTime: true,
  evaluate: (_, input) => (input.asOf > asOf ? fail("Late.") : pass()),
});
const relating = defineCheck({
  ...base,
  id: "t.s3.f",
  title: "f",
  context: ["aws.s3.account"],
  dependsOnTime: true,
  evaluate: (_, { related }) => (related.of("aws.s3.account").items.length ? pass() : fail("None.")),
});
const other = defineCheck({
  ...described,
  id: "t.iam.a",
  title: "g",
  resource: "aws.iam.user",
  evaluate: pass,
});
const all: AnyCheck[] = [passing, failing, unknowing, byHand, timed, relating, other];

describe("CheckSet", () => {
  it("tells apart what needs only its resource, what depends on time, and what needs others", () => {
    const set = new CheckSet(all);
    const ids = (checks: readonly AnyCheck[]) => checks.map((check) => check.id);
    expect(ids(set.of("aws.s3.bucket"))).toEqual(["t.s3.a", "t.s3.b", "t.s3.c", "t.s3.d", "t.s3.e"]);
    expect(ids(set.timedOf("aws.s3.bucket"))).toEqual(["t.s3.e"]);
    expect(ids(set.relating)).toEqual(["t.s3.f"]);
    expect(ids(set.of("aws.iam.user"))).toEqual(["t.iam.a"]);
    expect(set.of("aws.kms.key")).toEqual([]);
    expect(set.timedOf("aws.kms.key")).toEqual([]);
    expect([...set.kinds]).toEqual(["aws.s3.bucket", "aws.s3.account", "aws.iam.user"]);
  });

  it("holds every check for no id, those named, and none for null", () => {
    expect(checksInScope([]).checks).toEqual(catalogue);
    const [first, , third] = catalogue;
    expect(checksInScope([first?.id ?? "", third?.id ?? ""]).checks).toEqual([first, third]);
    expect(checksInScope(null).checks).toEqual([]);
  });
});

describe("evaluate", () => {
  it("gives each check's verdict, with evidence by value", () => {
    const config = { versioning: "off", grants: [{}, { "a/b": [1] }] };
    expect(evaluate(bucket(config), new CheckSet(all).of("aws.s3.bucket"), asOf)).toEqual({
      verdicts: {
        "t.s3.a": "pass",
        "t.s3.b": "fail",
        "t.s3.c": "unknown",
        "t.s3.d": "manual",
        "t.s3.e": "pass",
      },
      failures: [
        {
          checkId: "t.s3.b",
          severity: "high",
          reason: "It is off.",
          evidence: [
            { path: "/versioning", value: "off" },
            { path: "/grants/1/a~1b", value: [1] },
            { path: "/not/there", value: null },
          ],
        },
      ],
      missing: { "t.s3.c": "bucket ACL" },
      manual: { "t.s3.d": "Look at it." },
    });
  });

  it("refuses a look at other resources to a check that didn't ask for it", () => {
    expect(() => evaluate(bucket(), [relating], asOf)).toThrow("aws.s3.account");
  });
});

describe("valueAt", () => {
  it("never reaches into what the document doesn't hold", () => {
    expect(valueAt({ a: { b: 1 } }, "/a/b")).toBe(1);
    expect(valueAt({ a: 1 }, "/a/b")).toBeNull();
    expect(valueAt({ a: { "~1": 2 } }, "/a/~01")).toBe(2);
    expect(valueAt({ a: 1 }, "")).toEqual({ a: 1 });
    expect(valueAt({}, "/constructor")).toBeNull();
    expect(valueAt({ a: [] }, "/a/__proto__")).toBeNull();
  });
});

describe("resourceHash", () => {
  const shuffled = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(shuffled);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([key, each]) => [key, shuffled(each)]),
    );
  };

  it("is the same whatever the order of keys, and after a way through JSON", () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue()),
        fc.dictionary(fc.string(), fc.string()),
        (config, tags) => {
          const hash = resourceHash(bucket(config, { tags }));
          const again = bucket(shuffled(config) as object, {
            tags: shuffled(tags) as Record<string, string>,
          });
          expect(resourceHash(again)).toEqual(hash);
          expect(resourceHash(bucket({ ...config, left: undefined }, { tags }))).toEqual(hash);
        },
      ),
    );
  });

  it("changes with each thing that a verdict or a reader could depend on", () => {
    const differing = [
      bucket({ a: 1 }),
      bucket({ a: "1" }),
      bucket({ a: null }),
      bucket({}),
      bucket({ a: [1, 2] }),
      bucket({ a: [2, 1] }),
      bucket({ a: 1 }, { name: "c" }),
      bucket({ a: 1 }, { region: "eu-north-1" }),
      bucket({ a: 1 }, { tags: { Owner: "x" } }),
      bucket({ a: 1 }, { unread: ["tags"] }),
    ].map((resource) => resourceHash(resource).toString("hex"));
    expect(new Set(differing).size).toBe(differing.length);
  });
});
