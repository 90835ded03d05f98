import { testCheck } from "#lib/checks/test-check.ts";
import { privilegedUserMfa } from "./privileged-user-mfa.ts";

const none = { isAdmin: true, mfaRegistered: false, mfaCapable: false, methods: [] };
const ana = {
  principalName: "ana.admin@acme.example",
  displayName: "Ana",
  isGuest: false,
  enabled: true,
  createdAt: null,
  registration: none,
};
const reason = "An administrator of the directory has registered no second factor.";

testCheck(privilegedUserMfa, {
  pass: [
    {
      config: {
        ...ana,
        registration: { ...none, mfaRegistered: true, mfaCapable: true, methods: ["fido2"] },
      },
    },
    { config: { ...ana, registration: { ...none, isAdmin: false } } },
    { config: { ...ana, enabled: false } },
  ],
  fail: [
    [{ config: ana }, reason],
    [{ config: { ...ana, isGuest: true } }, reason],
    [
      { config: { ...ana, registration: { ...none, mfaRegistered: true, methods: ["mobilePhone"] } } },
      reason,
    ],
  ],
  unknown: [
    { config: { ...ana, registration: undefined } },
    { config: { ...ana, registration: null } },
    { config: { ...ana, enabled: undefined } },
  ],
});
