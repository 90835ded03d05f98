import { vault } from "#lib/checks/azure/key-vault.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { vaultRbac } from "./vault-rbac.ts";

testCheck(vaultRbac, {
  pass: [vault()],
  fail: [
    [vault({ rbac: null }), "Access policies say who may use the vault."],
    [vault({ rbac: false }), "Access policies say who may use the vault."],
  ],
  unknown: [vault({ rbac: undefined })],
});
