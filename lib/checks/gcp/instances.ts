import type { ComputeMetadata } from "#lib/inventory/gcp/compute.kinds.ts";

/**
 * A node of a GKE cluster: its settings are those of its node pool and can't be changed on the instance. GKE names and
 * labels them so; either alone anyone could have chosen.
 */
export const isGkeNode = ({ name, tags }: { name: string; tags: Record<string, string> }): boolean =>
  name.startsWith("gke-") && Object.hasOwn(tags, "goog-gke-node");

/** The account that Compute Engine makes for each project, with the project's number. */
export const isDefaultAccount = (email: string): boolean =>
  /^\d+-compute@developer\.gserviceaccount\.com$/.test(email);

/** A metadata value as the guest environment reads it. Anything that doesn't say yes is no. */
export const isTrue = (value: string): boolean => /^(true|yes|y|1)$/i.test(value.trim());

/**
 * A setting as an instance has it: its own metadata win over the project's.
 *
 * @returns Whether it is on, and where that comes from; `undefined` when the project's counts and could not be read.
 */
export function settingOf(
  key: keyof ComputeMetadata,
  instance: ComputeMetadata,
  project: ComputeMetadata | null,
): { on: boolean; from: "instance" | "project" | "default" } | undefined {
  const own = instance[key];
  if (own !== null) return { on: isTrue(own), from: "instance" };
  if (!project) return undefined;
  const inherited = project[key];
  return inherited === null ? { on: false, from: "default" } : { on: isTrue(inherited), from: "project" };
}
