import { describe, expect, it } from "vitest";
import { meets, mightMeet } from "./conditions.ts";
import type { Condition } from "./playbook.ts";

const facts = {
  target: { cloud: "aws", kind: "aws.s3.bucket" } as const,
  checks: ["aws.s3.bucket-acl"],
  parameters: { mode: "strict", ports: [22] },
};

describe("a condition", () => {
  it.each<[boolean, Condition | undefined]>([
    [true, undefined],
    [true, {}],
    [true, { clouds: ["gcp", "aws"] }],
    [false, { clouds: ["gcp"] }],
    [true, { kinds: ["aws.s3.bucket"], checks: ["aws.s3.bucket-acl", "aws.s3.other"] }],
    [false, { kinds: ["aws.s3.bucket"], checks: ["aws.s3.other"] }],
    [true, { parameter: { name: "mode", equals: "strict" } }],
    [true, { parameter: { name: "ports", equals: [22] } }],
    [false, { parameter: { name: "mode", equals: "lax" } }],
    [true, { parameter: { name: "absent", equals: null } }],
    [false, { parameter: { name: "toString", equals: "x" } }],
    [true, { all: [{ clouds: ["aws"] }, { not: { clouds: ["gcp"] } }] }],
    [false, { all: [{ clouds: ["aws"] }, { clouds: ["gcp"] }] }],
    [true, { any: [{ clouds: ["gcp"] }, { clouds: ["aws"] }] }],
    [false, { any: [{ clouds: ["gcp"] }, { clouds: ["azure"] }] }],
    [false, { any: [] }],
    [false, { clouds: ["aws"], not: { parameter: { name: "mode", equals: "strict" } } }],
  ])("is %s: %j", (expected, condition) => {
    expect(meets(condition, facts)).toBe(expected);
  });

  it.each<[boolean, Condition | undefined]>([
    [true, undefined],
    [true, { parameter: { name: "mode", equals: "lax" } }],
    [true, { not: { parameter: { name: "mode", equals: "lax" } } }],
    [true, { any: [{ clouds: ["gcp"] }, { parameter: { name: "mode", equals: "lax" } }] }],
    [false, { clouds: ["gcp"], parameter: { name: "mode", equals: "strict" } }],
  ])("might be met, whatever the parameters: %s, %j", (expected, condition) => {
    expect(mightMeet(condition, facts)).toBe(expected);
  });
});
