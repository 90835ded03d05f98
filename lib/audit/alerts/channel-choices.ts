import type { Scope } from "../../auth/scope.ts";
import { env } from "../../env.ts";
import { DomainError } from "../../errors.ts";
import { mailSettings } from "../../mail/settings.ts";
import { readAllowedScripts } from "../../remediation/kinds/allowed-scripts.ts";
import { secretKeyring } from "../../secrets/keys.ts";
import { alertHandlers } from "./handler.ts";

/** What whoever makes a rule can choose from. */
export type ChannelChoices = {
  /** Whether a mail server is configured. */
  mail: boolean;
  /** Whether there is a key to seal addresses with. */
  secrets: boolean;
  /** Allowed by whoever runs Parapet, by name. */
  scripts: { name: string; title: string }[];
  handlers: { kind: string; title: string; settings: { name: string; title: string }[] }[];
};

export function channelChoices(scope: Scope): ChannelChoices {
  scope.require("audit:manage");
  return {
    mail: mailSettings() !== null,
    secrets: secretKeyring() !== null,
    scripts: scriptChoices(),
    handlers: alertHandlers().map(({ kind, title, settings }) => ({ kind, title, settings: [...settings] })),
  };
}

/** None where the list won't do: whoever runs Parapet is told that by their playbooks. */
function scriptChoices(): ChannelChoices["scripts"] {
  const { scripts } = env();
  if (scripts === undefined) return [];
  try {
    return Object.entries(readAllowedScripts(scripts)).map(([name, { title }]) => ({ name, title }));
  } catch (error) {
    if (error instanceof DomainError) return [];
    throw error;
  }
}
