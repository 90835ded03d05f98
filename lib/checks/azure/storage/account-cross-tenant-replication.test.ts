import { account } from "#lib/checks/azure/storage-account.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { accountCrossTenantReplication } from "./account-cross-tenant-replication.ts";

testCheck(accountCrossTenantReplication, {
  pass: [account(), account({ crossTenantReplication: null, createdAt: "2024-05-01T00:00:00.000Z" })],
  fail: [
    [account({ crossTenantReplication: true }), "Replication to other tenants is allowed."],
    [account({ crossTenantReplication: null }), "Replication to other tenants was never forbidden."],
  ],
  unknown: [
    account({ crossTenantReplication: null, createdAt: null }),
    account({ crossTenantReplication: undefined }),
  ],
});
