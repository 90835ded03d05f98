import { expect, test } from "vitest";
import { sayCondition } from "./say-condition.ts";

const specs = { force: { title: "Do it now", help: "…", type: "boolean", default: false } } as const;

test("conditions are said in words", () => {
  expect([
    sayCondition({ clouds: ["aws", "gcp"] }, specs),
    sayCondition({ checks: ["aws.s3.bucket-acl"], parameter: { name: "force", equals: true } }, specs),
    sayCondition(
      { any: [{ kinds: ["aws.s3.bucket"] }, { parameter: { name: "mode", equals: "x" } }] },
      specs,
    ),
    sayCondition(
      { all: [{ clouds: ["azure"] }], not: { parameter: { name: "force", equals: false } } },
      specs,
    ),
    sayCondition({}, specs),
  ]).toEqual([
    "on AWS or Google Cloud",
    'for aws.s3.bucket-acl, and if "Do it now" is yes',
    'to aws.s3.bucket, or if "mode" is "x"',
    'on Azure, and unless it is if "Do it now" is no',
    "always",
  ]);
});
