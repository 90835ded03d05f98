import { testCheck } from "#lib/checks/test-check.ts";
import { userInlineAdmin } from "./user-inline-admin.ts";

const user = { path: "/", createdAt: null };
const everything = { Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
const narrow = { Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }] };

testCheck(userInlineAdmin, {
  pass: [
    { config: { ...user, inlinePolicies: [] } },
    { config: { ...user, inlinePolicies: [{ name: "read", document: narrow }] } },
  ],
  fail: [
    [
      {
        config: {
          ...user,
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
          ...user,
          inlinePolicies: [
            { name: "unread", document: null },
            { name: "all", document: everything },
          ],
        },
      },
      "The inline policy all allows every action on every resource.",
    ],
  ],
  unknown: [{ config: user }, { config: { ...user, inlinePolicies: [{ name: "unread", document: null }] } }],
});
