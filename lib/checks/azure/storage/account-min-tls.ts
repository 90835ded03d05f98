import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const accountMinTls = defineCheck({
  id: "azure.storage.account-min-tls",
  title: "Storage account asks for TLS 1.2 or newer",
  severity: "medium",
  resource: "azure.storage.account",
  permissions: ["Microsoft.Storage/storageAccounts/read"],
  risk: "TLS 1.0 and 1.1 rest on methods that have been broken. A client that still speaks them can be made to, and what it sends can then be read.",
  remediation: {
    text: "Set the minimum TLS version to 1.2 after making sure that no client uses an older one.",
    url: "https://learn.microsoft.com/azure/storage/common/transport-layer-security-configure-minimum-version",
    console: [
      "Open the storage account {name} in the portal, then Settings, Configuration.",
      "Set Minimum TLS version to Version 1.2.",
      "Save.",
    ],
    cli: "az storage account update --ids {uid} --min-tls-version TLS1_2",
    terraform: `resource "azurerm_storage_account" "this" {
  name = "{name}"
  # …
  min_tls_version = "TLS1_2"
}`,
  },
  evaluate: ({ minTlsVersion }) => {
    if (minTlsVersion === undefined) return unknown("minimum TLS version");
    if (minTlsVersion === null) return fail("No minimum is set, so TLS 1.0 is accepted.", "/minTlsVersion");
    const version = /^TLS(\d)_(\d)$/.exec(minTlsVersion);
    if (!version) return unknown("minimum TLS version");
    const [, major, minor] = version.map(Number);
    return (major ?? 0) > 1 || (minor ?? 0) >= 2
      ? pass()
      : fail(`TLS ${major}.${minor} is accepted.`, "/minTlsVersion");
  },
});
