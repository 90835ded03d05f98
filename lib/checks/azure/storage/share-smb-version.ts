import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const shareSmbVersion = defineCheck({
  id: "azure.storage.share-smb-version",
  title: "Storage account speaks SMB 3.1.1 alone",
  severity: "medium",
  resource: "azure.storage.account",
  permissions: [
    "Microsoft.Storage/storageAccounts/read",
    "Microsoft.Storage/storageAccounts/fileServices/read",
  ],
  risk: "SMB 2.1 has no encryption, and 3.0 can be talked down by whoever sits in between. Only 3.1.1 checks that nobody meddled with the agreement.",
  remediation: {
    text: "Narrow the versions of SMB to 3.1.1 after making sure that clients can do it.",
    url: "https://learn.microsoft.com/azure/storage/files/files-smb-protocol",
    console: [
      "Open the storage account {name} in the portal, then Data storage, File shares.",
      "Open the security settings of SMB and choose the Maximum security profile, or Custom with SMB 3.1.1.",
      "Save.",
    ],
    cli: "az storage account file-service-properties update --subscription {account} --account-name {name} --versions SMB3.1.1",
    terraform: `resource "azurerm_storage_account" "this" {
  name = "{name}"
  # …

  share_properties {
    smb {
      versions = ["SMB3.1.1"]
    }
  }
}`,
  },
  evaluate: ({ files }) => {
    if (files === undefined) return unknown("settings of the file service");
    if (files === null) return pass();
    const { versions } = files.smb;
    if (versions === null) {
      return fail("SMB versions are not narrowed, so SMB 2.1 is accepted.", "/files/smb/versions");
    }
    const old = versions.filter((version) => version !== "SMB3.1.1");
    return old.length === 0 ? pass() : fail(`${old.join(" and ")} is accepted.`, "/files/smb/versions");
  },
});
