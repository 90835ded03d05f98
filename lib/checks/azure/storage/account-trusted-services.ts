import { isClosedToPublic } from "#lib/checks/azure/network-rules.ts";
import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const accountTrustedServices = defineCheck({
  id: "azure.storage.account-trusted-services",
  title: "Storage account lets trusted Azure services in",
  severity: "low",
  resource: "azure.storage.account",
  permissions: ["Microsoft.Storage/storageAccounts/read"],
  risk: "Backup, monitoring and other services of Azure reach the account from addresses that a firewall keeps out. Without the exception, backups and logs stop silently, or people open the firewall for all.",
  remediation: {
    text: "Let trusted Azure services through the firewall; they still need a role.",
    url: "https://learn.microsoft.com/azure/storage/common/storage-network-security-trusted-azure-services",
    console: [
      "Open the storage account {name} in the portal, then Security + networking, Networking.",
      "Under Exceptions select Allow Azure services on the trusted services list to access this storage account.",
      "Save.",
    ],
    cli: "az storage account update --ids {uid} --bypass AzureServices",
    terraform: `resource "azurerm_storage_account" "this" {
  name = "{name}"
  # …

  network_rules {
    default_action = "Deny"
    bypass         = ["AzureServices"]
  }
}`,
  },
  evaluate: ({ publicNetworkAccess, networkRules }) => {
    if (networkRules === undefined) return unknown("firewall of the account");
    if (networkRules.bypass.includes("AzureServices")) return pass();
    if (networkRules.defaultAction === "Allow") {
      // Where everybody comes in, nobody needs an exception.
      const isClosed = isClosedToPublic(publicNetworkAccess);
      if (isClosed === undefined) return unknown("public network access");
      if (!isClosed) return pass();
    }
    return fail("Trusted Azure services are kept out by the firewall.", "/networkRules/bypass");
  },
});
