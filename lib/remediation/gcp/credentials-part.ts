import type { PlaybookPart } from "../playbook-part.ts";

export const gcpCredentials: PlaybookPart = {
  fixes: ["gcp.iam.service-account-key-age"],
  parameters: {
    gcpDisableOld: {
      title: "Google Cloud: disable the old key at once",
      help: "Off: the new key is made and the old one works on, until the playbook is run again once the software has the new one.",
      type: "boolean",
      default: true,
    },
  },
  actions: [
    {
      id: "gcp-rotate-service-account-key",
      title: "Make a new key for the service account and disable the old",
      kind: "gcp",
      operation: "gcp.iam.rotate-service-account-key",
      with: { disableOld: { $parameter: "gcpDisableOld" } },
      when: { kinds: ["gcp.iam.service-account"] },
      timeoutSeconds: 60,
    },
  ],
  irreversible: [],
  leftToPeople: [
    "Google Cloud: put the new key where the old one was used; better still, do without keys, by attached service accounts or Workload Identity Federation.",
    "Google Cloud: API keys can't be switched off, only deleted, so they are renewed by hand: a new one, the software moved over, and then the old one deleted.",
  ],
};

/** Of the later, separately approved playbook that deletes what was rotated. */
export const gcpRotatedCredentials: PlaybookPart = {
  fixes: ["gcp.iam.service-account-key-age", "gcp.iam.service-account-user-keys"],
  parameters: {},
  actions: [
    {
      id: "gcp-delete-disabled-keys",
      title: "Delete the service account's disabled keys",
      kind: "gcp",
      operation: "gcp.iam.delete-disabled-keys",
      when: { kinds: ["gcp.iam.service-account"] },
      timeoutSeconds: 60,
    },
  ],
  irreversible: ["Google Cloud: a deleted service account key can't be brought back."],
  leftToPeople: [],
};
