import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const accountHttpsOnly = defineCheck({
  id: "azure.storage.account-https-only",
  title: "Storage account accepts HTTPS alone",
  severity: "high",
  resource: "azure.storage.account",
  permissions: ["Microsoft.Storage/storageAccounts/read"],
  risk: "Over plain HTTP or unencrypted SMB, data and the tokens that open it can be read and changed on the way. Clients that were set up so go on without anyone noticing.",
  remediation: {
    text: "Require secure transfer; look for clients that still use http:// addresses first.",
    url: "https://learn.microsoft.com/azure/storage/common/storage-require-secure-transfer",
    console: [
      "Open the storage account {name} in the portal, then Settings, Configuration.",
      "Set Secure transfer required to Enabled.",
      "Save.",
    ],
    cli: "az storage account update --ids {uid} --https-only true",
    terraform: `resource "azurerm_storage_account" "this" {
  name = "{name}"
  # …
  https_traffic_only_enabled = true
}`,
  },
  evaluate: ({ httpsOnly }) => {
    if (httpsOnly === undefined) return unknown("secure transfer");
    return httpsOnly ? pass() : fail("Requests without TLS are accepted.", "/httpsOnly");
  },
});
