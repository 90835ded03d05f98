import { testCheck } from "#lib/checks/test-check.ts";
import type { ResourceConfigs } from "#lib/inventory/kinds.ts";
import { keyPublicAccess } from "./key-public-access.ts";

const example = (change: Partial<ResourceConfigs["gcp.kms.key"]> = {}) => ({
  config: {
    createdAt: null,
    keyRing: "ring",
    protectionLevel: "SOFTWARE",
    importOnly: false,
    primaryState: "ENABLED",
    bindings: [{ role: "roles/cloudkms.admin", members: ["group:sec@acme.example"], condition: null }],
    keyRingBindings: [],
    ...change,
  },
});
const open = (role: string, member: string) => [{ role, members: [member], condition: null }];

testCheck(keyPublicAccess, {
  pass: [example(), example({ bindings: [] })],
  fail: [
    [
      example({ bindings: open("roles/cloudkms.cryptoKeyDecrypter", "allAuthenticatedUsers") }),
      "The key grants roles/cloudkms.cryptoKeyDecrypter to every Google account.",
    ],
    [
      example({ keyRingBindings: open("roles/cloudkms.cryptoKeyEncrypter", "allUsers") }),
      "Its key ring grants roles/cloudkms.cryptoKeyEncrypter to everyone.",
    ],
    [
      example({ bindings: undefined, keyRingBindings: open("roles/cloudkms.viewer", "allUsers") }),
      "Its key ring grants roles/cloudkms.viewer to everyone.",
    ],
    [
      example({ bindings: open("roles/a", "allUsers"), keyRingBindings: open("roles/b", "allUsers") }),
      "The key grants roles/a to everyone. Its key ring grants roles/b to everyone.",
    ],
  ],
  unknown: [example({ bindings: undefined }), example({ keyRingBindings: undefined })],
});
