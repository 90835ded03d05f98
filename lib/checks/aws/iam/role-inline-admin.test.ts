import { testCheck } from "#lib/checks/test-check.ts";
import { roleInlineAdmin } from "./role-inline-admin.ts";

const role = { path: "/", createdAt: null };
const everything = { Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
const narrow = { Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }] };

testCheck(roleInlineAdmin, {
  pass: [
    { config: { ...role, inlinePolicies: [] } },
    { config: { ...role, inlinePolicies: [{ name: "read", document: narrow }] } },
  ],
  fail: [
    [
      {
        config: {
          ...role,
          inlinePolicies: [
            { name: "read", document: narrow },
            { name: "all", document: everything },
          ],
        },
      },
      "The inline policy all allows every action on every resource.",
    ],
    [
      {
        config: {
          ...role,
          inlinePolicies: [
            { name: "unread", document: null },
            { name: "all", document: everything },
          ],
        },
      },
      "The inline policy all allows every action on every resource.",
    ],
  ],
  unknown: [{ config: role }, { config: { ...role, inlinePolicies: [{ name: "unread", document: null }] } }],
});
