import type { PlaybookPart } from "../playbook-part.ts";

export const awsCredentials: PlaybookPart = {
  fixes: ["aws.iam.access-key-age"],
  parameters: {
    awsDeactivateOld: {
      title: "AWS: deactivate the old key at once",
      help: "Off: the new key is made and the old one works on, until the playbook is run again once the software has the new one.",
      type: "boolean",
      default: true,
    },
  },
  actions: [
    {
      id: "aws-rotate-access-key",
      title: "Make a new access key and deactivate the old",
      kind: "aws",
      operation: "aws.iam.rotate-access-key",
      with: { deactivateOld: { $parameter: "awsDeactivateOld" } },
      when: { kinds: ["aws.iam.user"] },
      timeoutSeconds: 60,
    },
  ],
  irreversible: [],
  leftToPeople: ["AWS: put the new key where the old one was used, and see that nothing uses the old one."],
};

/** Of the later, separately approved playbook. */
export const awsRotatedCredentials: PlaybookPart = {
  fixes: ["aws.iam.access-key-age"],
  parameters: {},
  actions: [
    {
      id: "aws-delete-inactive-keys",
      title: "Delete the inactive access keys",
      kind: "aws",
      operation: "aws.iam.delete-inactive-access-keys",
      when: { kinds: ["aws.iam.user"] },
      timeoutSeconds: 60,
    },
  ],
  irreversible: ["AWS: a deleted access key can't be brought back, nor can its secret."],
  leftToPeople: [],
};
