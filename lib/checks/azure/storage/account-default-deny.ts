import { isClosedToPublic, isEverywhere } from "#lib/checks/azure/network-rules.ts";
import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const accountDefaultDeny = defineCheck({
  id: "azure.storage.account-default-deny",
  title: "Storage account refuses networks that it does not know",
  severity: "high",
  resource: "azure.storage.account",
  permissions: ["Microsoft.Storage/storageAccounts/read"],
  risk: "An account that lets every network in is guarded by its keys and tokens alone. One that leaks, in a log, a notebook or a build, opens it from anywhere.",
  remediation: {
    text: "Set the default action of the firewall to Deny and let in the subnets and addresses that need the account.",
    url: "https://learn.microsoft.com/azure/storage/common/storage-network-security",
    console: [
      "Open the storage account {name} in the portal, then Security + networking, Networking.",
      "Under Public network access choose Enabled from selected virtual networks and IP addresses, or Disabled.",
      "Add the subnets and address ranges that need the account, then save.",
    ],
    cli: "az storage account update --ids {uid} --default-action Deny",
    terraform: `resource "azurerm_storage_account" "this" {
  name = "{name}"
  # …

  network_rules {
    default_action             = "Deny"
    bypass                     = ["AzureServices"]
    virtual_network_subnet_ids = [azurerm_subnet.app.id]
  }
}`,
  },
  evaluate: ({ publicNetworkAccess, networkRules }) => {
    // Without public access the firewall's rules don't count.
    const isClosed = isClosedToPublic(publicNetworkAccess);
    if (isClosed) return pass();
    if (isClosed === undefined || networkRules === undefined) return unknown("firewall of the account");
    if (networkRules.defaultAction === "Allow") {
      return fail("The firewall lets every network in.", "/networkRules/defaultAction");
    }
    const wide = networkRules.ipRanges.findIndex(isEverywhere);
    return wide === -1
      ? pass()
      : fail(`The firewall lets in ${networkRules.ipRanges[wide]}.`, `/networkRules/ipRanges/${wide}`);
  },
});
