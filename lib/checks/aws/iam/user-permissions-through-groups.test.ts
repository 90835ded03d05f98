import { testCheck } from "#lib/checks/test-check.ts";
import { userPermissionsThroughGroups } from "./user-permissions-through-groups.ts";

const user = { path: "/", createdAt: null };
const attached = { name: "ReadOnlyAccess", arn: "arn:aws:iam::aws:policy/ReadOnlyAccess" };
const inline = { name: "own", document: {} };

testCheck(userPermissionsThroughGroups, {
  pass: [{ config: { ...user, attachedPolicies: [], inlinePolicies: [], groups: ["admins"] } }],
  fail: [
    [
      { config: { ...user, attachedPolicies: [attached], inlinePolicies: [] } },
      "The user has the policy ReadOnlyAccess of its own.",
    ],
    [
      { config: { ...user, attachedPolicies: [attached], inlinePolicies: [inline] } },
      "The user has the policies ReadOnlyAccess, own of its own.",
    ],
    [
      { config: { ...user, inlinePolicies: [inline, inline, inline, inline, inline] } },
      "The user has the policies own, own, own and 2 more of its own.",
    ],
  ],
  unknown: [
    { config: user },
    { config: { ...user, attachedPolicies: [] } },
    { config: { ...user, inlinePolicies: [] } },
  ],
});
