import type { PlaybookCategory, Prerequisite } from "#lib/remediation/playbook.ts";

export const categoryWords: Readonly<Record<PlaybookCategory, string>> = {
  exposure: "Public exposure",
  network: "Network",
  encryption: "Encryption",
  logging: "Logging",
  identity: "Identity",
  credentials: "Credentials",
  other: "Other",
};

export const prerequisiteWords: Readonly<Record<Prerequisite, string>> = {
  write_identity: "The account has a write identity.",
  resource_present: "The resource is in the newest inventory.",
  check_failing: "The check still fails on the newest inventory.",
};
