import type { PlaybookPart } from "../playbook-part.ts";

export const awsMfa: PlaybookPart = {
  fixes: ["aws.iam.user-mfa"],
  parameters: {},
  actions: [
    {
      id: "aws-require-mfa",
      title: "Let the user do nothing without MFA but register a device",
      kind: "aws",
      operation: "aws.iam.require-mfa",
      when: { kinds: ["aws.iam.user"] },
      timeoutSeconds: 60,
    },
  ],
  irreversible: [],
  leftToPeople: [
    "AWS: each user registers their own device; until then the finding stays open and the plan ends as changed, not verified.",
    "AWS: root's MFA can be registered by whoever signs in as root, and by nobody else.",
  ],
};
