import { execFile } from "node:child_process";
import { afterAll, expect, it } from "vitest";
import { services } from "#sandbox/aws/services.ts";
import { acmeAccounts, buildAcme } from "#sandbox/estates/acme.ts";
import { startSandbox } from "#sandbox/server.ts";
import type { ScanReport } from "../scan/report.ts";

const sandbox = await startSandbox({ estate: buildAcme(), services });
afterAll(() => sandbox.close());

const production = acmeAccounts[0];
if (!production) throw new Error("Acme has no account.");

type Ran = { code: number; stdout: string; stderr: string };

/** Runs the command line as a user does, in an environment that holds the SDK's variables and no database. */
function parapet(args: string[], variables: Record<string, string> = {}): Promise<Ran> {
  const environment = {
    NODE_ENV: "test" as const,
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    AWS_ENDPOINT_URL: sandbox.url,
    AWS_REGION: "eu-west-1",
    AWS_ACCESS_KEY_ID: production?.accessKey.accessKeyId,
    AWS_SECRET_ACCESS_KEY: production?.accessKey.secretAccessKey,
    DATABASE_URL: "postgres://nobody@127.0.0.1:1/none",
    ...variables,
  };
  return new Promise((resolve) => {
    const options = { env: environment, maxBuffer: 64 * 1024 * 1024 };
    execFile(process.execPath, ["cli/bin.mjs", ...args], options, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}

const s3InIreland = ["scan", "--cloud", "aws", "--region", "eu-west-1", "--service", "s3", "--no-store"];

it("reports every verdict of what was asked for as one JSON object", async () => {
  const ran = await parapet([...s3InIreland, "--format", "json", "--fail-on", "high"]);
  expect(ran.code).toBe(2);
  const report: ScanReport = JSON.parse(ran.stdout);
  expect(Object.keys(report)).toEqual(["summary", "gaps", "results"]);
  expect(report.gaps).toEqual([]);
  expect(report.summary.accounts).toEqual([production.id]);
  expect(new Set(report.results.map(({ region }) => region))).toEqual(new Set(["eu-west-1", "global"]));
  expect(new Set(report.results.map(({ checkId }) => checkId.split(".")[1]))).toEqual(new Set(["s3"]));
  expect(report.results).toContainEqual({
    checkId: "aws.s3.bucket-block-public-access",
    status: "fail",
    severity: "medium",
    resourceUid: "arn:aws:s3:::acme-prod-customer-exports",
    resourceName: "acme-prod-customer-exports",
    resourceKind: "aws.s3.bucket",
    account: production.id,
    region: "eu-west-1",
    reason: "Neither bucket nor account blocks public access.",
    evidence: expect.any(Array),
    controls: [{ framework: "cis-aws", version: "7.0", id: "3.1.4" }],
  });
  expect(report.results.filter(({ status }) => status === "pass").length).toBe(report.summary.verdicts.pass);
  expect(report.summary.verdicts.pass).toBeGreaterThan(0);
  expect(ran.stderr).toContain("units");
});

it("ends with 0 when nothing reaches the threshold", async () => {
  const ran = await parapet([...s3InIreland, "--check", "aws.s3.bucket-versioning", "--fail-on", "medium"]);
  expect(ran).toMatchObject({ code: 0, stdout: expect.stringContaining("Versioning is off.") });
});

it("ends with 3 when something could not be read, and says what", async () => {
  sandbox.faults.deny = ["s3:GetBucketVersioning"];
  const ran = await parapet([...s3InIreland, "--check", "aws.s3.bucket-versioning", "--format", "json"]);
  sandbox.faults.reset();
  const report: ScanReport = JSON.parse(ran.stdout);
  expect(ran.code).toBe(3);
  expect(report.gaps[0]).toMatchObject({
    code: "denied",
    operation: "s3:GetBucketVersioning",
    region: "eu-west-1",
  });
  expect(new Set(report.results.map(({ status }) => status))).toEqual(new Set(["unknown"]));
});

it.each([
  ["an unknown service", ["--service", "nope"], "There is no service nope."],
  ["an unknown check", ["--check", "aws.s3.nope"], "There is no check aws.s3.nope."],
  ["an unknown region", ["--region", "mars-1"], "There is no region mars-1."],
  ["an unknown cloud", ["--cloud", "ibm"], "There is no cloud ibm."],
  ["an unknown format", ["--format", "xml"], "It is one of: json, table."],
])("ends with 1 and one clear line for %s", async (_what, args, message) => {
  const ran = await parapet(["scan", "--no-store", ...args]);
  expect(ran).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining(message) });
  expect(ran.stderr).not.toContain("    at ");
});

it("ends with 1 when the account can't be reached", async () => {
  const ran = await parapet([...s3InIreland], { AWS_SECRET_ACCESS_KEY: "wrong" });
  expect(ran).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining("can't be reached") });
  expect(ran.stderr).not.toContain("wrong");
});
