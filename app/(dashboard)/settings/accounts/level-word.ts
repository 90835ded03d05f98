import type { AccountLevel } from "#lib/inventory/collector.ts";
import type { Cloud } from "#lib/inventory/model.ts";

const words: Readonly<Record<Cloud, string>> = { aws: "Account", azure: "Subscription", gcp: "Project" };

/** What the provider calls an account of this kind. */
export const levelWord = (cloud: Cloud, level: AccountLevel = "account"): string =>
  level === "directory" ? "Directory" : words[cloud];
