import { testCheck } from "#lib/checks/test-check.ts";
import { groupInlineAdmin } from "./group-inline-admin.ts";

const group = { path: "/", createdAt: null };
const everything = { Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
const narrow = { Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }] };

testCheck(groupInlineAdmin, {
  pass: [
    { config: { ...group, inlinePolicies: [] } },
    { config: { ...group, inlinePolicies: [{ name: "read", document: narrow }] } },
  ],
  fail: [
    [
      {
        config: {
          ...group,
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
          ...group,
          inlinePolicies: [
            { name: "unread", document: null },
            { name: "all", document: everything },
          ],
        },
      },
      "The inline policy all allows every action on every resource.",
    ],
  ],
  unknown: [
    { config: group },
    { config: { ...group, inlinePolicies: [{ name: "unread", document: null }] } },
  ],
});
