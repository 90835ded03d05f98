import { account } from "#lib/checks/azure/storage-account.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { accountGeoRedundant } from "./account-geo-redundant.ts";

testCheck(accountGeoRedundant, {
  pass: [
    account(),
    account({ sku: "Standard_GRS" }),
    account({ sku: "Standard_RAGRS" }),
    account({ sku: "Standard_RAGZRS" }),
    account({ sku: "StandardV2_GRS" }),
  ],
  fail: [
    [account({ sku: "Standard_LRS" }), "The redundancy is Standard_LRS, which stays in one region."],
    [account({ sku: "Standard_ZRS" }), "The redundancy is Standard_ZRS, which stays in one region."],
  ],
  unknown: [account({ sku: undefined })],
  manual: [account({ sku: "Premium_ZRS" })],
});
