import type { Prerequisite } from "../playbook.ts";

/** What the newest inventory and the account's settings say of one of a plan's resources. */
export type Standing = {
  name: string;
  accountName: string;
  /** Whether the account has an identity that fixes are made with. */
  writes: boolean;
  present: boolean;
  /** Whether one of the checks that it is to be fixed for fails. */
  failing: boolean;
};

const words: Record<Prerequisite, { holds(standing: Standing): boolean; says(standing: Standing): string }> =
  {
    write_identity: {
      holds: ({ writes }) => writes,
      says: ({ accountName }) =>
        `${accountName} has no write identity, so nothing can be changed in it. Set one on the account's page.`,
    },
    resource_present: {
      holds: ({ present }) => present,
      says: ({ name }) => `${name} is gone, by the newest scan.`,
    },
    check_failing: {
      holds: ({ failing }) => failing,
      says: ({ name }) => `${name} no longer fails the check, by the newest scan.`,
    },
  };

/** In plain words, the first of the prerequisites that isn't met; null when all are. */
export function missingPrerequisite(
  prerequisites: readonly Prerequisite[],
  standing: Standing,
): string | null {
  const missing = prerequisites.find((each) => !words[each].holds(standing));
  return missing ? words[missing].says(standing) : null;
}
