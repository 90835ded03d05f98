import { isClosedToPublic, isEverywhere } from "#lib/checks/azure/network-rules.ts";
import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const vaultDefaultDeny = defineCheck({
  id: "azure.keyvault.vault-default-deny",
  title: "Key vault refuses networks that it does not know",
  severity: "high",
  resource: "azure.keyvault.vault",
  permissions: ["Microsoft.KeyVault/vaults/read"],
  risk: "A vault that lets every network in is guarded by tokens alone. One that leaks opens keys and secrets from anywhere.",
  remediation: {
    text: "Set the default action of the firewall to Deny and let in the subnets and addresses that need the vault.",
    url: "https://learn.microsoft.com/azure/key-vault/general/network-security",
    console: [
      "Open the key vault {name} in the portal, then Settings, Networking.",
      "Choose Allow public access from specific virtual networks and IP addresses, or Disable public access.",
      "Add the subnets and address ranges that need the vault, then save.",
    ],
    cli: "az keyvault update --subscription {account} --name {name} --default-action Deny --bypass AzureServices",
    terraform: `resource "azurerm_key_vault" "this" {
  name = "{name}"
  # …

  network_acls {
    default_action             = "Deny"
    bypass                     = "AzureServices"
    virtual_network_subnet_ids = [azurerm_subnet.app.id]
  }
}`,
  },
  evaluate: ({ publicNetworkAccess, networkRules }) => {
    // Without public access the firewall's rules don't count.
    const isClosed = isClosedToPublic(publicNetworkAccess);
    if (isClosed) return pass();
    if (isClosed === undefined || networkRules === undefined) return unknown("firewall of the vault");
    if (networkRules === null)
      return fail("The vault has no firewall, so every network is let in.", "/networkRules");
    if (networkRules.defaultAction === "Allow") {
      return fail("The firewall lets every network in.", "/networkRules/defaultAction");
    }
    const wide = networkRules.ipRanges.findIndex(isEverywhere);
    return wide === -1
      ? pass()
      : fail(`The firewall lets in ${networkRules.ipRanges[wide]}.`, `/networkRules/ipRanges/${wide}`);
  },
});
