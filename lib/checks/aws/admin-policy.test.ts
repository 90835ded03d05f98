import { describe, expect, it } from "vitest";
import { findAdminGrant } from "./admin-policy.ts";

const allow = { Effect: "Allow", Action: "*", Resource: "*" };
const deny = { Effect: "Deny", Action: "*", Resource: "*" };
const vary = (change: object) => ({ ...allow, ...change });
const find = (...Statement: unknown[]) => findAdminGrant({ Version: "2012-10-17", Statement });
const noAction = { Action: undefined };

describe("makes administrators", () => {
  it.each<[string, object[], string]>([
    ["everything", [allow], "every action on every resource"],
    ["the pair *:*", [vary({ Action: "*:*" })], "every action on every resource"],
    [
      "arrays",
      [vary({ Action: ["s3:GetObject", "*"], Resource: ["arn:aws:s3:::a", "*"] })],
      "every action on every resource",
    ],
    ["ARNs of wildcards", [vary({ Resource: "arn:aws:*:*:*:*" })], "every action on every resource"],
    [
      "all but an exception",
      [vary({ ...noAction, NotAction: ["s3:DeleteBucket"] })],
      "every action except s3:DeleteBucket on every resource",
    ],
    [
      "all but part of IAM",
      [vary({ ...noAction, NotAction: "iam:DeleteUser" })],
      "every action except iam:DeleteUser on every resource",
    ],
    [
      "all but some resources",
      [vary({ Resource: undefined, NotResource: "arn:aws:s3:::secret/*" })],
      "every action on every resource except arn:aws:s3:::secret/*",
    ],
    [
      "IAM by one statement, the rest by another",
      [vary({ ...noAction, NotAction: "iam:*" }), vary({ Action: "IAM:*" })],
      "every action except iam:* on every resource",
    ],
    ["beside a lesser denial", [allow, { ...deny, Action: "s3:*" }], "every action on every resource"],
    [
      "beside a denial that MFA lifts",
      [allow, { ...deny, Condition: { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } } }],
      "every action on every resource",
    ],
    [
      "with MFA",
      [vary({ Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } })],
      "every action on every resource",
    ],
    [
      "under a condition that always holds",
      [vary({ Condition: { StringLike: { "aws:userid": "*" } } })],
      "every action on every resource",
    ],
    [
      "from anywhere",
      [vary({ Condition: { IpAddress: { "aws:SourceIp": ["0.0.0.0/0", "::/0"] } } })],
      "every action on every resource",
    ],
  ])("%s", (_, statements, what) => {
    expect(find(...statements)).toEqual({ pointer: "/Statement/0", what });
  });

  it("points at the statement", () => {
    expect(find(vary({ Action: "s3:*" }), allow)).toEqual({
      pointer: "/Statement/1",
      what: "every action on every resource",
    });
    expect(findAdminGrant({ Statement: allow })).toEqual({
      pointer: "/Statement",
      what: "every action on every resource",
    });
  });
});

describe("doesn't make administrators", () => {
  it.each<[string, object[]]>([
    ["nothing", []],
    ["one service", [vary({ Action: "s3:*" })]],
    ["one bucket", [vary({ Resource: "arn:aws:s3:::a*" })]],
    ["one account's resources", [vary({ Resource: "arn:aws:*:*:111122223333:*" })]],
    ["everything but IAM", [vary({ ...noAction, NotAction: ["iam:*", "organizations:*"] })]],
    ["everything but IAM, in capitals", [vary({ ...noAction, NotAction: "IAM:*" })]],
    ["everything but everything", [vary({ ...noAction, NotAction: "*" })]],
    ["everything but IAM's resources", [vary({ Resource: undefined, NotResource: "arn:aws:iam::*" })]],
    ["a denial", [deny]],
    ["beside a denial of everything", [allow, deny]],
    ["beside a denial of IAM", [allow, { ...deny, Action: ["iam:*"] }]],
    ["beside a denial of all but S3", [allow, { ...deny, Action: undefined, NotAction: "s3:*" }]],
    ["from one network", [vary({ Condition: { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } } })]],
    ["in one region", [vary({ Condition: { StringEquals: { "aws:RequestedRegion": "eu-west-1" } } })]],
  ])("%s", (_, statements) => {
    expect(find(...statements)).toBeNull();
  });
});

it.each([
  undefined,
  null,
  "text",
  [],
  {},
  { Statement: "text" },
  { Statement: [null] },
  { Statement: [{ Effect: "Maybe" }] },
])("can't judge %j", (document) => {
  expect(findAdminGrant(document)).toBeUndefined();
});
