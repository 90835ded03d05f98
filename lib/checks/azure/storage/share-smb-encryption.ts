import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const shareSmbEncryption = defineCheck({
  id: "azure.storage.share-smb-encryption",
  title: "Storage account encrypts SMB with AES-256-GCM alone",
  severity: "medium",
  resource: "azure.storage.account",
  permissions: [
    "Microsoft.Storage/storageAccounts/read",
    "Microsoft.Storage/storageAccounts/fileServices/read",
  ],
  risk: "A client and the service settle on the strongest method that both accept, which an older client makes a weaker one. Files then travel with less protection than they could have.",
  remediation: {
    text: "Narrow SMB channel encryption to AES-256-GCM after making sure that clients can do it.",
    url: "https://learn.microsoft.com/azure/storage/files/files-smb-protocol",
    console: [
      "Open the storage account {name} in the portal, then Data storage, File shares.",
      "Open the security settings of SMB and choose the Maximum security profile, or Custom with AES-256-GCM.",
      "Save.",
    ],
    cli: "az storage account file-service-properties update --subscription {account} --account-name {name} --channel-encryption AES-256-GCM",
    terraform: `resource "azurerm_storage_account" "this" {
  name = "{name}"
  # …

  share_properties {
    smb {
      channel_encryption_type = ["AES-256-GCM"]
    }
  }
}`,
  },
  evaluate: ({ files }) => {
    if (files === undefined) return unknown("settings of the file service");
    if (files === null) return pass();
    const { channelEncryption } = files.smb;
    if (channelEncryption === null) {
      return fail(
        "SMB channel encryption is not narrowed, so AES-128 is accepted.",
        "/files/smb/channelEncryption",
      );
    }
    const weak = channelEncryption.filter((method) => method !== "AES-256-GCM");
    return weak.length === 0
      ? pass()
      : fail(`SMB accepts ${weak.join(" and ")}.`, "/files/smb/channelEncryption");
  },
});
