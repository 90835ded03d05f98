import { testCheck } from "#lib/checks/test-check.ts";
import { supportRole } from "./support-role.ts";

const role = (...arns: string[]) => ({
  kind: "aws.iam.role" as const,
  config: { path: "/", createdAt: null, attachedPolicies: arns.map((arn) => ({ name: "policy", arn })) },
});
const unread = { kind: "aws.iam.role" as const, config: { path: "/", createdAt: null } };
const support = "arn:aws:iam::aws:policy/AWSSupportAccess";

testCheck(supportRole, {
  pass: [
    { config: {}, related: [role(), role("arn:aws:iam::aws:policy/ReadOnlyAccess", support)] },
    { config: {}, related: [unread, role(support)], incomplete: ["aws.iam.role"] },
    { config: {}, related: [role("arn:aws-cn:iam::aws:policy/AWSSupportAccess")] },
  ],
  fail: [
    [{ config: {} }, "No role has the policy AWSSupportAccess."],
    [
      { config: {}, related: [role("arn:aws:iam::111122223333:policy/AWSSupportAccess")] },
      "No role has the policy AWSSupportAccess.",
    ],
  ],
  unknown: [
    { config: {}, incomplete: ["aws.iam.role"] },
    { config: {}, related: [unread, role()] },
  ],
});
