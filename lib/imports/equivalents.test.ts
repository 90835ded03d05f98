import { describe, expect, it } from "vitest";
import { catalogue } from "#lib/checks/index.ts";
import { frameworks } from "#lib/compliance/frameworks.ts";
import { equivalents, equivalentsOf, singletonKinds } from "./equivalents.ts";

const known = new Map(catalogue.map((check) => [check.id, check]));

describe("the map of equivalent checks", () => {
  it.each(Object.entries(equivalents))("of %s names only checks that exist, each once", (_source, map) => {
    for (const [name, natives] of map) {
      expect(natives.length, name).toBeGreaterThan(0);
      expect(
        natives.map(({ checkId }) => checkId).filter((id) => !known.has(id)),
        name,
      ).toEqual([]);
      expect(new Set(natives.map(({ checkId }) => checkId)).size, name).toBe(natives.length);
    }
  });
  it("gives each with the kind of resource that it judges", () => {
    expect(equivalentsOf({ source: "prowler", name: "s3_bucket_secure_transport_policy" })).toEqual([
      { checkId: "aws.s3.bucket-tls-only", kind: "aws.s3.bucket", isExact: true },
    ]);
    expect(equivalentsOf({ source: "security_hub", name: "S3.8" })).toEqual([
      { checkId: "aws.s3.bucket-block-public-access", kind: "aws.s3.bucket", isExact: false },
    ]);
  });
  it("knows no equivalent of what it doesn't list, nor of the same name of another tool", () => {
    expect(equivalentsOf({ source: "security_hub", name: "IAM.6" })).toEqual([]);
    expect(equivalentsOf({ source: "sarif", name: "S3.8" })).toEqual([]);
    expect(equivalentsOf({ source: "prowler", name: "constructor" })).toEqual([]);
  });
  it("covers most checks that CIS frameworks name", () => {
    const covered = new Set(
      Object.values(equivalents).flatMap((map) => [...map.values()].flat().map(({ checkId }) => checkId)),
    );
    const counted = frameworks.flatMap(({ controls }) => controls.flatMap(({ checks }) => checks));
    expect(counted.filter((id) => covered.has(id)).length / counted.length).toBeGreaterThan(0.7);
  });
});

it("takes for singletons what stands for an account or a region, and no resource of an account's", () => {
  expect([...singletonKinds].filter((kind) => kind.startsWith("aws."))).toEqual(
    expect.arrayContaining(["aws.account", "aws.ec2.region", "aws.s3.account"]),
  );
  expect(singletonKinds.has("azure.storage.account")).toBe(false);
  expect(singletonKinds.has("aws.s3.bucket")).toBe(false);
});
