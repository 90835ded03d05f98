import type { PlaybookPart } from "../playbook-part.ts";

export const gcpMfa: PlaybookPart = {
  fixes: ["gcp.compute.instance-os-login", "gcp.compute.project-os-login"],
  parameters: {},
  actions: [
    {
      id: "gcp-require-os-login",
      title: "Let people in by SSH through OS Login and with a second factor only",
      kind: "gcp",
      operation: "gcp.compute.require-os-login",
      when: { clouds: ["gcp"] },
      timeoutSeconds: 300,
    },
  ],
  irreversible: [],
  leftToPeople: [
    "Google Cloud: give whoever signs in by SSH the role Compute OS Login before the plan runs.",
    "Google Cloud: 2-Step Verification for people is enforced in the Google Admin console, by an administrator of the organization; a project's API can't do it.",
  ],
};
