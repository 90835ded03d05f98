import { type Cloud, clouds } from "#lib/inventory/model.ts";
import type { ParameterSpec, Playbook, PlaybookAction } from "./playbook.ts";

/** What one cloud adds to a playbook of several: data alone, without an SDK. */
export type PlaybookPart = {
  /** Ids of that cloud's checks; empty as long as nothing can be done there. */
  fixes: readonly string[];
  /** Named for the cloud, such as `awsLogBucket`, so that parts never mean different things by one name. */
  parameters: Playbook["parameters"];
  /** Each with a condition that is met by this cloud's resources alone. */
  actions: readonly PlaybookAction[];
  irreversible: readonly string[];
  leftToPeople: readonly string[];
};

type Composed = Pick<
  Playbook,
  "clouds" | "fixes" | "parameters" | "actions" | "irreversible" | "leftToPeople"
>;

/** Puts the clouds' parts together, in the order of the clouds. */
export function composeParts(parts: Readonly<Record<Cloud, PlaybookPart>>): Composed {
  const present = clouds.filter((cloud) => parts[cloud].fixes.length > 0);
  const all = present.map((cloud) => parts[cloud]);
  return {
    clouds: present,
    fixes: all.flatMap(({ fixes }) => fixes),
    parameters: Object.fromEntries(
      all.flatMap(({ parameters }) => Object.entries<ParameterSpec>(parameters)),
    ),
    actions: all.flatMap(({ actions }) => actions),
    irreversible: all.flatMap(({ irreversible }) => irreversible),
    leftToPeople: all.flatMap(({ leftToPeople }) => leftToPeople),
  };
}

/** For a cloud in which there is nothing to be done. */
export const emptyPart: PlaybookPart = {
  fixes: [],
  parameters: {},
  actions: [],
  irreversible: [],
  leftToPeople: [],
};
