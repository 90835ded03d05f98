import { definePlaybook } from "../playbook.ts";

export const azureBlobPublic = definePlaybook({
  id: "AZURE-BLOB-PUBLIC",
  title: "Forbid anonymous access to an Azure storage account",
  description:
    "Forbids anonymous access on the account, which overrides whatever its containers grant to everyone. When asked for, public containers are made private as well, so that nothing opens should somebody allow it again.",
  category: "exposure",
  clouds: ["azure"],
  severity: "high",
  fixes: ["azure.storage.account-blob-public-access"],
  parameters: {
    containers: {
      title: "Make public containers private too",
      help: "Sets the access level of each public container to private, besides forbidding it on the account.",
      type: "boolean",
      default: false,
    },
  },
  prerequisites: ["write_identity", "resource_present", "check_failing"],
  risk: "medium",
  approvals: 1,
  irreversible: [],
  leftToPeople: ["Serve content that is meant for everyone from a CDN or from an account of its own."],
  actions: [
    {
      id: "close-containers",
      title: "Make public containers private",
      kind: "azure",
      operation: "azure.storage.close-containers",
      when: { parameter: { name: "containers", equals: true } },
      timeoutSeconds: 300,
    },
    {
      id: "forbid-public-blobs",
      title: "Forbid anonymous access on the account",
      kind: "azure",
      operation: "azure.storage.forbid-public-blobs",
      timeoutSeconds: 60,
    },
  ],
});
