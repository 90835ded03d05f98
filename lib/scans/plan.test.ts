import { describe, expect, it } from "vitest";
import type { AnyCheck } from "#lib/checks/model.ts";
import { type Cloud, clouds } from "#lib/inventory/model.ts";
import { collectorsOf } from "#lib/inventory/registry.ts";
import { CheckSet, checksInScope } from "./evaluate.ts";
import { type PlanInput, planUnits, regionsToRead } from "./plan.ts";

const collectors = [
  { kind: "aws.s3.bucket", service: "s3", scope: "regional" },
  { kind: "aws.s3.account", service: "s3", scope: "global" },
  { kind: "aws.iam.user", service: "iam", scope: "global" },
  { kind: "aws.iam.role", service: "iam", scope: "global" },
  { kind: "aws.ec2.instance", service: "ec2", scope: "regional" },
  { kind: "aws.cloudtrail.trail", service: "cloudtrail", scope: "regional" },
] as const;

const check = (id: string, resource: AnyCheck["resource"], context?: AnyCheck["context"]): AnyCheck => ({
  id,
  title: id,
  severity: "low",
  resource,
  context,
  permissions: [],
  risk: "",
  remediation: { text: "", url: "" },
  evaluate: () => ({ status: "pass" }),
});
const bucketPlain = check("bucket-plain", "aws.s3.bucket");
const bucketPublic = check("bucket-public", "aws.s3.bucket", ["aws.s3.account"]);
const userPlain = check("user-plain", "aws.iam.user");
const userTrails = check("user-trails", "aws.iam.user", ["aws.cloudtrail.trail"]);
const bucketPairs = check("bucket-pairs", "aws.s3.bucket", ["aws.s3.bucket"]);

const everything: PlanInput = {
  collectors,
  checks: new CheckSet([bucketPlain, userPlain]),
  regions: ["eu-west-1", "us-east-1"],
  allRegions: ["eu-west-1", "us-east-1", "sa-east-1"],
  services: [],
  byCheck: false,
};

/** Units in a line each: `service region kinds`, with `~` for a supporting one, sorted. */
const lay = (input: Partial<PlanInput>) =>
  planUnits({ ...everything, ...input })
    .map(
      ({ service, region, kinds, supporting }) =>
        `${supporting ? "~" : ""}${service} ${region} ${kinds?.toSorted().join("+") ?? "*"}`,
    )
    .sort();

describe("planUnits", () => {
  it("reads every service in every region, and global ones once", () => {
    expect(lay({})).toEqual([
      "cloudtrail eu-west-1 *",
      "cloudtrail us-east-1 *",
      "ec2 eu-west-1 *",
      "ec2 us-east-1 *",
      "iam global *",
      "s3 eu-west-1 *",
      "s3 global *",
      "s3 us-east-1 *",
    ]);
  });

  it("reads only the services asked for, global ones whichever regions were asked for", () => {
    expect(lay({ services: ["s3", "iam"], regions: ["eu-west-1"] })).toEqual([
      "iam global *",
      "s3 eu-west-1 *",
      "s3 global *",
    ]);
  });

  it("reads only the kinds that the checks asked for judge", () => {
    expect(lay({ byCheck: true, checks: new CheckSet([bucketPlain]) })).toEqual([
      "s3 eu-west-1 aws.s3.bucket",
      "s3 us-east-1 aws.s3.bucket",
    ]);
  });

  it("adds what a check compares with as supporting, everywhere, and the unit that compares", () => {
    const checks = new CheckSet([userPlain, userTrails]);
    expect(lay({ services: ["iam"], regions: ["eu-west-1"], checks })).toEqual([
      "iam global *",
      "relations global *",
      "~cloudtrail eu-west-1 aws.cloudtrail.trail",
      "~cloudtrail sa-east-1 aws.cloudtrail.trail",
      "~cloudtrail us-east-1 aws.cloudtrail.trail",
    ]);
    expect(lay({ byCheck: true, checks: new CheckSet([bucketPublic]), regions: ["eu-west-1"] })).toEqual([
      "relations global *",
      "s3 eu-west-1 aws.s3.bucket",
      "~s3 global aws.s3.account",
    ]);
  });

  it("widens only beyond the regions asked for when a check compares resources of its own kind", () => {
    expect(lay({ byCheck: true, checks: new CheckSet([bucketPairs]), regions: ["eu-west-1"] })).toEqual([
      "relations global *",
      "s3 eu-west-1 aws.s3.bucket",
      "~s3 sa-east-1 aws.s3.bucket",
      "~s3 us-east-1 aws.s3.bucket",
    ]);
  });

  it("leaves out the comparing unit when nothing compares what is read", () => {
    const checks = new CheckSet([bucketPlain, userTrails]);
    expect(lay({ services: ["s3"], checks, regions: ["eu-west-1"] })).toEqual([
      "s3 eu-west-1 *",
      "s3 global *",
    ]);
  });

  it("never plans a service and region twice, for the real catalogue", () => {
    const regions = ["eu-west-1", "us-east-1"];
    for (const cloud of clouds) {
      const real = { collectors: collectorsOf<Cloud>(cloud), regions, allRegions: regions, services: [] };
      const own = checksInScope([]).checks.filter(({ id }) => id.startsWith(`${cloud}.`));
      for (const ids of [[], ...own.map(({ id }) => [id])]) {
        const units = planUnits({ ...real, checks: checksInScope(ids), byCheck: ids.length > 0 });
        const places = units.map(({ service, region }) => `${service} ${region}`);
        expect(places).toEqual([...new Set(places)]);
        expect(units.filter(({ service }) => service !== "relations").length).toBeGreaterThan(0);
      }
    }
  });
});

describe("regionsToRead", () => {
  const known = [
    { name: "us-east-1", enabled: true },
    { name: "eu-west-1", enabled: true },
    { name: "me-south-1", enabled: false },
    { name: "af-south-1", enabled: false },
  ];
  it("takes what was asked for, then what the account is limited to, then what is enabled or was inhabited", () => {
    const limited = { regions: ["eu-west-1"], inhabited: ["me-south-1"] };
    const unlimited = { regions: null, inhabited: ["me-south-1", "eu-west-1"] };
    expect(regionsToRead(known, ["us-east-1"], limited)).toEqual(["us-east-1"]);
    expect(regionsToRead(known, [], limited)).toEqual(["eu-west-1"]);
    expect(regionsToRead(known, [], unlimited)).toEqual(["eu-west-1", "me-south-1", "us-east-1"]);
    expect(regionsToRead(known, [], { regions: null, inhabited: [] })).toEqual(["eu-west-1", "us-east-1"]);
  });
});
