import { testCheck } from "#lib/checks/test-check.ts";
import { guestAccess } from "./guest-access.ts";

testCheck(guestAccess, {
  pass: [{ config: { guestAccess: "restricted" } }],
  fail: [
    [{ config: { guestAccess: "member" } }, "Guests can see as much of the directory as members."],
    [
      { config: { guestAccess: "limited" } },
      "Guests can see the members of groups that they are in, and look others up.",
    ],
    [{ config: { guestAccess: "other" } }, "Guests can see what a role of the tenant's own choice allows."],
  ],
  unknown: [{ config: {} }],
});
