import { testCheck } from "#lib/checks/test-check.ts";
import { userMfa } from "./user-mfa.ts";

const none = { isAdmin: false, mfaRegistered: false, mfaCapable: false, methods: [] };
const capable = {
  isAdmin: false,
  mfaRegistered: true,
  mfaCapable: true,
  methods: ["microsoftAuthenticatorPush"],
};
const ana = {
  principalName: "ana@acme.example",
  displayName: "Ana",
  isGuest: false,
  enabled: true,
  createdAt: null,
  registration: none,
};
const guest = { ...ana, principalName: "bo_partner.example#EXT#@acme.example", isGuest: true };
const tenant = (trustsForeignMfa?: boolean) => [
  { kind: "azure.entra.tenant" as const, config: { trustsForeignMfa } },
];

testCheck(userMfa, {
  pass: [
    { config: { ...ana, registration: capable } },
    { config: { ...ana, enabled: undefined, registration: capable } },
    { config: { ...ana, enabled: false } },
    { config: { ...ana, enabled: false, registration: undefined } },
    { config: { ...guest, registration: capable }, related: tenant(true) },
  ],
  fail: [
    [{ config: ana }, "The user has registered no second factor."],
    [
      { config: { ...ana, registration: { ...none, isAdmin: true } } },
      "The user has registered no second factor.",
    ],
    [
      { config: { ...ana, registration: { ...none, mfaRegistered: true, methods: ["mobilePhone"] } } },
      "The user has registered no second factor that the tenant allows.",
    ],
    [{ config: guest, related: tenant(false) }, "The user has registered no second factor."],
  ],
  unknown: [
    { config: { ...ana, registration: undefined } },
    { config: { ...ana, registration: null } },
    { config: { ...ana, enabled: undefined } },
    { config: guest, related: tenant(true) },
    { config: guest, related: tenant() },
    { config: guest, related: tenant(false), incomplete: ["azure.entra.tenant"] },
  ],
});
