import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import { describe, expect, it } from "vitest";
import { bytesOf } from "../test-imports.ts";
import { readText } from "../test-reports.ts";
import { readRuns } from "./sarif-runs.ts";

// OASIS wrote it in draft 4, of which it uses what draft 7 reads alike.
const { $schema, id, ...schema } = JSON.parse(
  readFileSync(join(import.meta.dirname, "sarif-2.1.0.schema.json"), "utf8"),
);
expect([$schema, id]).toEqual([expect.stringContaining("draft-04"), expect.stringContaining("v2.1.0")]);
const ajv = new Ajv({ strict: false, allErrors: true });
addFormats.default(ajv);
const isSarif = ajv.compile(schema);

const rules = [
  {
    id: "CKV_AWS_20",
    name: "PublicBucket",
    shortDescription: { text: "Bucket is private" },
    fullDescription: { text: "A public bucket is read by all." },
    help: { text: "Make it private." },
    helpUri: "https://example.com/ckv_aws_20",
    defaultConfiguration: { level: "error" },
    messageStrings: { open: { text: "Bucket {0} is open to {1}." } },
  },
  { id: "SCORED", shortDescription: { text: "Scored" }, properties: { "security-severity": "9.8" } },
];
const result = {
  ruleId: "CKV_AWS_20",
  ruleIndex: 0,
  message: { text: "Bucket is public." },
  locations: [
    { physicalLocation: { artifactLocation: { uri: "infra/main.tf" }, region: { startLine: 12 } } },
  ],
};
type Given = Record<string, unknown>;
const run = (results: Given[], more: Given = {}) => ({
  tool: { driver: { name: "Checkov", semanticVersion: "3.2.1", rules } },
  invocations: [{ executionSuccessful: true, endTimeUtc: "2026-01-02T03:04:05Z" }],
  results,
  ...more,
});
const log = (...runs: Given[]) => ({
  $schema: "https://json.schemastore.org/sarif-2.1.0.json",
  version: "2.1.0",
  runs,
});

/** Reads what OASIS's schema says is SARIF. */
async function read(given: Given) {
  expect(isSarif(given), JSON.stringify(isSarif.errors)).toBe(true);
  return readText("sarif", JSON.stringify(given));
}
/** As `read`, of what isn't. */
const readRaw = (given: Given) => readText("sarif", JSON.stringify(given));
const readOne = async (change: Given, more?: Given) =>
  (await read(log(run([{ ...result, ...change }], more)))).rows[0];

const finding = {
  account: null,
  check: {
    id: "sarif.checkov.CKV_AWS_20",
    name: "CKV_AWS_20",
    source: "sarif",
    title: "Bucket is private",
    severity: "high",
    risk: "A public bucket is read by all.",
    remediation: "Make it private.",
    url: "https://example.com/ckv_aws_20",
  },
  status: "fail",
  resource: {
    uid: "infra/main.tf",
    name: "main.tf",
    kind: "imported.file",
    service: "code",
    region: "global",
    tags: {},
  },
  reason: "Bucket is public. (infra/main.tf:12)",
  observedAt: new Date("2026-01-02T03:04:05Z"),
};

describe("readSarif", () => {
  it.each([
    ["before", (each: Given) => ({ tool: each.tool, invocations: each.invocations, results: each.results })],
    ["after", (each: Given) => ({ results: each.results, invocations: each.invocations, tool: each.tool })],
  ])("reads results with their rules %s them", async (_where, order) => {
    expect(await read(log(order(run([result]))))).toEqual({
      rows: [{ row: 1, subject: "CKV_AWS_20 · infra/main.tf", finding }],
      tool: "Checkov 3.2.1",
    });
  });

  it("keeps the rules of several runs apart, and numbers rows through all", async () => {
    const other = {
      tool: { driver: { name: "Trivy" } },
      results: [
        { ...result, ruleIndex: undefined },
        { ...result, ruleId: "rules/a b", ruleIndex: undefined },
      ],
    };
    const { rows, tool } = await read(log(run([result]), other));
    expect(tool).toBe("Checkov 3.2.1, Trivy");
    expect(
      rows.map(({ row, finding: each }) => [row, each?.check.id, each?.check.title, each?.observedAt]),
    ).toEqual([
      [1, "sarif.checkov.CKV_AWS_20", "Bucket is private", finding.observedAt],
      [2, "sarif.trivy.CKV_AWS_20", "CKV_AWS_20", null],
      [3, expect.stringMatching(/^sarif\.trivy\.rules-a-b-[0-9a-f]{8}$/), "rules/a b", null],
    ]);
  });

  it.each([
    [{ kind: "pass", level: "none" }, { status: "pass" }],
    [{ kind: "review" }, { status: "manual" }],
    [{ kind: "notApplicable" }, { status: "manual" }],
    [{ baselineState: "absent" }, { status: "pass" }],
    [{ suppressions: [{ kind: "inSource" }] }, { status: "muted" }],
    [{ suppressions: [{ kind: "external", status: "rejected" }] }, { status: "fail" }],
    [{ level: "note" }, { check: { severity: "low" } }],
    [{ ruleId: "SCORED", ruleIndex: 1 }, { check: { severity: "critical", title: "Scored" } }],
    [{ properties: { "security-severity": "5.0" } }, { check: { severity: "medium" } }],
    [{ ruleId: "CKV_AWS_20/part", ruleIndex: undefined }, { check: { title: "Bucket is private" } }],
    [{ ruleId: undefined, rule: { index: 1 }, ruleIndex: undefined }, { check: { name: "SCORED" } }],
    [
      { message: { id: "open", arguments: ["logs", "all"] } },
      { reason: "Bucket logs is open to all. (infra/main.tf:12)" },
    ],
    [
      {
        locations: [{ logicalLocations: [{ fullyQualifiedName: "arn:aws:s3:::logs", kind: "resource" }] }],
      },
      {
        resource: { uid: "arn:aws:s3:::logs", name: "logs", service: "s3", kind: "imported.resource" },
        reason: "Bucket is public.",
      },
    ],
    [
      {
        locations: [
          {
            physicalLocation: { artifactLocation: { uri: "infra/main.tf" } },
            logicalLocations: [{ fullyQualifiedName: "aws_s3_bucket.logs" }],
          },
        ],
      },
      {
        resource: {
          uid: "infra/main.tf#aws_s3_bucket.logs",
          name: "aws_s3_bucket.logs",
          kind: "imported.file",
        },
      },
    ],
  ])("takes %j for what it says", async (change, expected) => {
    expect((await readOne(change))?.finding).toMatchObject(expected);
  });

  it("finds a file by its place among the run's", async () => {
    const locations = [{ physicalLocation: { artifactLocation: { index: 1 } } }];
    const artifacts = [{ location: { uri: "a.tf" } }, { location: { uri: "b/c.tf" } }];
    expect((await readOne({ locations }, { artifacts }))?.finding?.resource.uid).toBe("b/c.tf");
  });

  it.each([
    [{ ruleId: undefined, ruleIndex: undefined }, "The result names no rule."],
    [{ locations: [] }, "The result has no location: neither a file nor a logical location."],
  ])("rejects %j", async (change, reason) => {
    expect(await readOne(change)).toEqual({ row: 1, subject: expect.any(String), reason });
  });

  it("rejects what is no result, and results of a tool without a name", async () => {
    const broken = log(
      { tool: { driver: {} }, results: [result] },
      run(["text" as never, { ruleId: 1, message: [] }]),
    );
    const { rows } = await readText("sarif", JSON.stringify(broken));
    expect(rows.map(({ row, reason }) => [row, reason])).toEqual([
      [1, "Its run doesn't name the tool."],
      [2, expect.stringMatching(/^the row is not as it should be/)],
      [3, expect.stringMatching(/^message is not as it should be/)],
    ]);
  });

  it("refuses other versions, and a file that ends too early", async () => {
    await expect(readText("sarif", JSON.stringify({ version: "1.0.0", runs: [] }))).rejects.toThrow(
      "It is SARIF 1.0.0; only 2.1.0 can be read.",
    );
    const text = JSON.stringify(log(run([result])));
    await expect(readText("sarif", text.slice(0, -3))).rejects.toThrow("The file ends too early.");
  });

  it.each([
    ["a level that every object has", { level: "constructor" }, { check: { severity: "medium" } }],
    ["a message that every object has", { message: { id: "constructor" } }, { check: { severity: "high" } }],
    [
      "a score that is no number",
      { properties: { "security-severity": {} } },
      { check: { severity: "high" } },
    ],
  ])("reads %s like any other", async (_what, given, expected) => {
    const { rows } = await readRaw(log(run([{ ...result, ...given }])));
    expect(rows).toMatchObject([{ row: 1, finding: expected }]);
  });

  it("fills in no more of a message than is kept", async () => {
    const message = { text: "{0}".repeat(100_000), arguments: ["x".repeat(500_000)] };
    const { rows } = await read(log(run([{ ...result, message }])));
    expect(rows[0]?.finding?.reason.length).toBeLessThanOrEqual(2_000);
  });

  it("refuses more runs than any tool writes, and takes no name that is none", async () => {
    const nameless = { tool: { driver: { name: {}, version: {} } }, results: [result] };
    expect((await readRaw(log(nameless))).rows).toMatchObject([
      { row: 1, reason: "Its run doesn't name the tool." },
    ]);
    const many = log(...Array.from({ length: 1_000 }, () => ({})), run([result]));
    await expect(readRaw(many)).rejects.toThrow("It has more than 1,000 runs, which no report does.");
    await expect(readRaw({ version: {}, runs: [] })).rejects.toThrow("only 2.1.0 can be read");
  });

  it("keeps no more rules and files in memory than there is room for", async () => {
    const text = JSON.stringify(
      log({
        tool: {
          driver: { name: "Checkov", rules: [rules[0], { id: "BIG", help: { text: "x".repeat(2_000) } }] },
        },
        artifacts: [{ location: { uri: "infra/main.tf" } }],
      }),
    );
    const read = (most?: number) => readRuns({ open: () => bytesOf(text), named: () => undefined }, most);
    const kept = (runs: Awaited<ReturnType<typeof read>>) =>
      runs.map(({ tool, rulesById, artifacts }) => [tool, [...rulesById.keys()], artifacts]);
    expect(kept(await read())).toEqual([["Checkov", ["CKV_AWS_20", "BIG"], ["infra/main.tf"]]]);
    expect(kept(await read(1_000))).toEqual([["Checkov", ["CKV_AWS_20"], []]]);
  });
});
