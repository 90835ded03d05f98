import { stringify } from "yaml";
import type { Playbook } from "#lib/remediation/playbook.ts";

/** A playbook without what the library says of it, its parts in the order in which one reads them. */
export function documentOf(playbook: Playbook): Playbook {
  const { id, title, description, category, clouds, severity, fixes, parameters } = playbook;
  const { prerequisites, risk, approvals, irreversible, leftToPeople, actions } = playbook;
  return {
    ...{ id, title, description, category, clouds, severity, fixes, parameters },
    ...{ prerequisites, risk, approvals, irreversible, leftToPeople, actions },
  };
}

/** A playbook as a YAML file. */
export const playbookText = (playbook: Playbook): string =>
  stringify(documentOf(playbook), { lineWidth: 100, aliasDuplicateObjects: false });
