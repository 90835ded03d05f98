import { definePlaybook, type PlaybookAction } from "../playbook.ts";

const regenerate = (key: "key1" | "key2"): PlaybookAction => ({
  id: `regenerate-${key}`,
  title: `Regenerate ${key}`,
  kind: "azure",
  operation: `azure.storage.regenerate-${key}`,
  when: {
    any: [{ parameter: { name: "keys", equals: key } }, { parameter: { name: "keys", equals: "both" } }],
  },
  timeoutSeconds: 60,
});

export const azureStorageKeys = definePlaybook({
  id: "AZURE-STORAGE-KEYS",
  title: "Regenerate access keys of a storage account",
  description:
    "Regenerates one of the account's two keys, or both. Clients of a key stop working with it at once, so move them to the other key, or to an Entra identity, before the plan is run. Rotate one key, move the clients back, then rotate the other.",
  category: "credentials",
  clouds: ["azure"],
  severity: "medium",
  fixes: ["azure.storage.account-key-rotation"],
  parameters: {
    keys: {
      title: "Keys",
      help: "The key that no client uses any more. With both, everything that signs in with a key stops working.",
      type: "choice",
      choices: [
        { value: "key1", title: "key1, the first" },
        { value: "key2", title: "key2, the second" },
        { value: "both", title: "Both, at once" },
      ],
    },
  },
  prerequisites: ["write_identity", "resource_present", "check_failing"],
  risk: "high",
  approvals: 2,
  irreversible: [
    "A key that was regenerated is gone: whoever still uses it, or what was signed with it, is turned away.",
  ],
  leftToPeople: [
    "Move clients to the other key, or better to Entra identities, before the plan is run.",
    "Give the new key to those who need it; whoever may list the account's keys finds it there.",
  ],
  actions: [regenerate("key1"), regenerate("key2")],
});
