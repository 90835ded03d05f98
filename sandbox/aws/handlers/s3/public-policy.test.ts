import { expect, it } from "vitest";
import { isPublicPolicy } from "./public-policy.ts";

const read = (more: object) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::b/*", ...more }],
  });
const everyone = (Condition?: object) => read({ Principal: "*", ...(Condition ? { Condition } : {}) });

it.each([
  ["everyone", everyone()],
  ["everyone, the longer way", read({ Principal: { AWS: ["*"] } })],
  ["everyone but one", read({ NotPrincipal: { AWS: "arn:aws:iam::123456789012:root" } })],
  ["any VPC", everyone({ StringLike: { "aws:SourceVpc": "vpc-*" } })],
  ["half the internet, twice", everyone({ IpAddress: { "aws:SourceIp": ["0.0.0.0/1", "128.0.0.0/1"] } })],
  ["a condition that a missing key meets", everyone({ StringEqualsIfExists: { "aws:SourceVpc": "vpc-1" } })],
  ["a condition on something else", everyone({ StringLike: { "aws:Referer": "https://acme.example/*" } })],
  ["all but one network", everyone({ NotIpAddress: { "aws:SourceIp": "198.51.100.0/24" } })],
  [
    "a policy variable",
    everyone({ StringEquals: { "aws:SourceArn": ["arn:aws:s3:::", "{aws:username}"].join("$") } }),
  ],
  [
    "one open range among narrow ones",
    everyone({ IpAddress: { "aws:SourceIp": ["198.51.100.0/24", "::/0"] } }),
  ],
])("is public: %s", (_name, policy) => {
  expect(isPublicPolicy(policy)).toBe(true);
});

it.each([
  ["an account", read({ Principal: { AWS: "arn:aws:iam::123456789012:root" } })],
  ["a service", read({ Principal: { Service: "cloudtrail.amazonaws.com" } })],
  ["a VPC endpoint", everyone({ StringEquals: { "aws:sourceVpce": "vpce-1" } })],
  ["an organization", everyone({ StringEquals: { "aws:PrincipalOrgID": "o-1" } })],
  ["a network", everyone({ IpAddress: { "aws:SourceIp": "198.51.100.0/24" } })],
  ["a whole private range", everyone({ IpAddress: { "aws:SourceIp": "10.0.0.0/8" } })],
  ["a refusal of everyone", read({ Effect: "Deny", Principal: "*" })],
  [
    "access points of one account",
    everyone({ ArnLike: { "s3:DataAccessPointArn": "arn:aws:s3:eu-west-1:123456789012:accesspoint/*" } }),
  ],
])("is not public: %s", (_name, policy) => {
  expect(isPublicPolicy(policy)).toBe(false);
});
