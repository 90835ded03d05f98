import { testCheck } from "#lib/checks/test-check.ts";
import { policyNoAdmin } from "./policy-no-admin.ts";

const policy = (document: unknown, attachmentCount = 1) => ({
  config: {
    managedBy: "customer" as const,
    path: "/",
    createdAt: null,
    updatedAt: null,
    attachmentCount,
    defaultVersionId: "v1",
    document,
  },
});
const everything = { Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };

testCheck(policyNoAdmin, {
  pass: [
    policy(everything, 0),
    policy(undefined, 0),
    policy({ Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }] }),
  ],
  fail: [
    [policy(everything), "The policy allows every action on every resource, and is attached once."],
    [
      policy({ Statement: everything.Statement[0] }, 3),
      "The policy allows every action on every resource, and is attached 3 times.",
    ],
    [
      policy({ Statement: [{ Effect: "Deny", Action: "s3:*", Resource: "*" }, everything.Statement[0]] }),
      "The policy allows every action on every resource, and is attached once.",
    ],
  ],
  unknown: [policy(undefined), policy(null), policy("text"), policy({ Version: "2012-10-17" })],
});
