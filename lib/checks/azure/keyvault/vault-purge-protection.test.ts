import { vault } from "#lib/checks/azure/key-vault.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { vaultPurgeProtection } from "./vault-purge-protection.ts";

testCheck(vaultPurgeProtection, {
  pass: [vault()],
  fail: [
    [vault({ purgeProtection: null }), "Purge protection is off."],
    [vault({ purgeProtection: false }), "Purge protection is off."],
  ],
  unknown: [vault({ purgeProtection: undefined })],
});
