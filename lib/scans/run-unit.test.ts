import { describe, expect, it } from "vitest";
import { catalogueVersion } from "#lib/checks/version.ts";
import type { BoundCollector, CloudSession } from "#lib/clouds/session.ts";
import type { Gap, Resource } from "#lib/inventory/model.ts";
import { checksInScope } from "#lib/scans/evaluate.ts";
import { resourceHash } from "./evaluate.ts";
import { inBatches, observe, runUnit } from "./run-unit.ts";
import type { Known, Observation, UnitSink } from "./sink.ts";

const asOf = new Date("2026-01-31T12:00:00Z");
const bucket = (name: string, config: object = { createdAt: null, versioning: "enabled", mfaDelete: true }) =>
  ({
    uid: `arn:aws:s3:::${name}`,
    kind: "aws.s3.bucket",
    account: "111122223333",
    region: "eu-west-1",
    name,
    tags: {},
    unread: [],
    config,
  }) as Resource;
const user = (createdAt: string) =>
  ({
    ...bucket("u"),
    uid: "arn:aws:iam::111122223333:user/u",
    kind: "aws.iam.user",
    config: { credentials: { accessKeys: [{ n: 1, active: true, createdAt, lastUsedAt: null }] } },
  }) as unknown as Resource;

const run = { checks: checksInScope([]), partial: false, asOf };
const version = catalogueVersion();
const knownAs = (resource: Resource, given: Partial<Known> = {}): Known => ({
  hash: resourceHash(resource),
  evaluatedWith: version,
  verdicts: observe(run, resource, undefined).evaluation?.verdicts ?? {},
  ...given,
});

describe("observe", () => {
  const b = bucket("b");
  const evaluated = observe(run, b, undefined);

  it("judges what is new by every check that needs nothing else", () => {
    expect(evaluated).toMatchObject({ news: "changed", evaluatedWith: version, hash: resourceHash(b) });
    expect(evaluated.evaluation?.verdicts).toMatchObject({ "aws.s3.bucket-versioning": "pass" });
    expect(evaluated.evaluation?.verdicts).not.toHaveProperty(["aws.s3.bucket-public-access"]);
  });

  it("has nothing to say of what is the same", () => {
    expect(observe(run, b, knownAs(b))).toMatchObject({ news: "same", evaluation: null });
  });

  it.each([
    ["the resource changed", { hash: resourceHash(bucket("b", { createdAt: null, versioning: "off" })) }],
    ["the catalogue changed", { evaluatedWith: "another" }],
    ["only some checks ran", { evaluatedWith: "partial" }],
  ])("judges anew when %s", (_, known) => {
    expect(observe(run, b, knownAs(b, known))).toEqual(evaluated);
  });

  it("marks what a narrower scan judged, so that the next full one judges it again", () => {
    const narrow = { ...run, checks: checksInScope(["aws.s3.bucket-versioning"]), partial: true };
    const seen = observe(narrow, b, undefined);
    expect(seen).toMatchObject({
      news: "changed",
      evaluatedWith: "partial",
      evaluation: { verdicts: { "aws.s3.bucket-versioning": "pass" } },
    });
    expect(observe(narrow, b, knownAs(b))).toMatchObject({ news: "same" });
  });

  it("judges by time what time may have changed, and keeps quiet while it hasn't", () => {
    const young = user("2026-01-01T00:00:00Z");
    const known = knownAs(young);
    expect(observe(run, young, known)).toMatchObject({ news: "same", evaluation: null });
    const later = observe({ ...run, asOf: new Date("2026-06-01T00:00:00Z") }, young, known);
    expect(later).toMatchObject({
      news: "verdicts",
      evaluation: { verdicts: { "aws.iam.access-key-age": "fail" } },
    });
    expect(Object.keys(later.evaluation?.verdicts ?? {}).sort()).toEqual(
      checksInScope([])
        .timedOf("aws.iam.user")
        .map(({ id }) => id)
        .sort(),
    );
  });
});

/** A session whose collectors are given, and a sink that keeps what it is told. */
function unit(collectors: BoundCollector[], signal = new AbortController().signal) {
  const written: Observation[] = [];
  const gaps: Gap[] = [];
  const asked: string[][] = [];
  const sink: UnitSink = {
    known: async (_kind, uids) => {
      asked.push([...uids]);
      return new Map();
    },
    write: async (observations) => {
      written.push(...observations);
    },
    gap: (gap) => gaps.push(gap),
  };
  const session: Partial<CloudSession> = {
    collectorsOf: () => collectors,
    gapOf: (error, kind) =>
      error instanceof RangeError
        ? {
            kind,
            resourceUid: null,
            operation: "s3:ListAllMyBuckets",
            code: "denied",
            message: error.message,
          }
        : null,
  };
  const perform = () =>
    runUnit({
      ...run,
      session: session as CloudSession,
      service: "s3",
      region: "eu-west-1",
      kinds: null,
      sink,
      signal,
    });
  return { perform, sink, written, gaps, asked };
}

const collector = (kind: Resource["kind"], collect: BoundCollector["collect"]): BoundCollector => ({
  kind,
  collect,
});

describe("runUnit", () => {
  it("reads kind by kind in batches, and is clean when nothing was left unread", async () => {
    const { perform, written, gaps, asked } = unit([
      collector("aws.s3.bucket", async function* () {
        for (let n = 0; n < 1_201; n += 1) yield bucket(`b${n}`);
      }),
    ]);
    expect(await perform()).toEqual({
      kinds: ["aws.s3.bucket"],
      incomplete: [],
      clean: true,
      resources: 1_201,
    });
    expect(asked.map((uids) => uids.length)).toEqual([500, 500, 201]);
    expect(written.map(({ resource }) => resource.name)).toEqual(
      Array.from({ length: 1_201 }, (_, n) => `b${n}`),
    );
    expect(gaps).toEqual([]);
  });

  it("keeps what was read before a list broke off, and says what is not whole", async () => {
    const { perform, written, gaps } = unit([
      collector("aws.s3.bucket", async function* () {
        yield bucket("before");
        throw new RangeError("no");
      }),
      collector("aws.s3.account", async function* ({ onGap }) {
        onGap({
          kind: "aws.s3.account",
          resourceUid: "a",
          operation: "s3:GetAccountPublicAccessBlock",
          code: "denied",
          message: "",
        });
        yield* [];
      }),
    ]);
    expect(await perform()).toEqual({
      kinds: ["aws.s3.bucket", "aws.s3.account"],
      incomplete: ["aws.s3.bucket"],
      clean: false,
      resources: 1,
    });
    expect(written.map(({ resource }) => resource.name)).toEqual(["before"]);
    expect(gaps.map(({ kind, resourceUid }) => [kind, resourceUid])).toEqual(
      expect.arrayContaining([
        ["aws.s3.account", "a"],
        ["aws.s3.bucket", null],
      ]),
    );
  });

  it("throws a bug, and an abort whatever else went wrong", async () => {
    const bug = unit([
      collector("aws.s3.bucket", async function* () {
        yield* [];
        throw new TypeError("bug");
      }),
    ]);
    await expect(bug.perform()).rejects.toThrow("bug");
    const abort = new AbortController();
    const aborted = unit(
      [
        collector("aws.s3.bucket", async function* () {
          yield* [];
          abort.abort(new Error("stop"));
          throw new RangeError("no");
        }),
      ],
      abort.signal,
    );
    await expect(aborted.perform()).rejects.toThrow("stop");
    expect(aborted.gaps).toEqual([]);
  });

  it("throws what befell its sink, and doesn't blame the provider for it", async () => {
    const { perform, sink, gaps } = unit([
      collector("aws.s3.bucket", async function* () {
        yield bucket("b");
      }),
    ]);
    sink.write = () => Promise.reject(new RangeError("database lost"));
    await expect(perform()).rejects.toThrow("database lost");
    expect(gaps).toEqual([]);
  });

  it("takes text that no store can hold for what a store will make of it", async () => {
    const hostile = { createdAt: null, policy: { "a\0": "\ud800", b: ["\0"] } };
    const { perform, written, asked } = unit([
      collector("aws.s3.bucket", async function* () {
        yield { ...bucket("x\0y", hostile), tags: { "\udc00": "\0" } } as Resource;
      }),
    ]);
    await perform();
    expect(asked).toEqual([["arn:aws:s3:::x�y"]]);
    expect(written.map(({ resource }) => resource)).toEqual([
      { ...bucket("x�y", { createdAt: null, policy: { "a�": "�", b: ["�"] } }), tags: { "�": "�" } },
    ]);
    expect(written[0]?.hash).toEqual(written[0] && resourceHash(written[0].resource));
  });
});

describe("inBatches", () => {
  it("groups what there is, and gives no empty batch", async () => {
    async function* count(upTo: number) {
      for (let n = 0; n < upTo; n += 1) yield n;
    }
    const all = async (upTo: number) => {
      const batches: number[][] = [];
      for await (const batch of inBatches(count(upTo), 2)) batches.push(batch);
      return batches;
    };
    async function* breaking() {
      yield* count(3);
      throw new Error("broke off");
    }
    const broken: number[][] = [];
    const read = async () => {
      for await (const batch of inBatches(breaking(), 2)) broken.push(batch);
    };
    await expect(read()).rejects.toThrow("broke off");
    expect(broken).toEqual([[0, 1], [2]]);
    expect([await all(0), await all(2), await all(3)]).toEqual([[], [[0, 1]], [[0, 1], [2]]]);
  });
});
