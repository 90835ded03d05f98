import type { compute_v1 } from "googleapis/build/src/apis/compute/v1.js";
import { collectionOf, type GcpCall, GcpError, type GcpProject } from "../../model.ts";

/** A resource of Compute Engine in the API's own shape. */
export type Stored<T> = T & { name: string; selfLink: string };

/** What the sandbox keeps, by collection. */
type Collections = {
  instances: Stored<compute_v1.Schema$Instance>;
  disks: Stored<compute_v1.Schema$Disk>;
  networks: Stored<compute_v1.Schema$Network>;
  subnetworks: Stored<compute_v1.Schema$Subnetwork>;
  firewalls: Stored<compute_v1.Schema$Firewall>;
  /** Global and regional network firewall policies. */
  firewallPolicies: Stored<compute_v1.Schema$FirewallPolicy>;
  backendServices: Stored<compute_v1.Schema$BackendService>;
};
export type ComputeCollection = keyof Collections;

/** A collection by its resources' paths within the project, such as `zones/europe-west1-b/instances/web-1`. */
export const computeState = <C extends ComputeCollection>(
  project: GcpProject,
  collection: C,
): Map<string, Collections[C]> => collectionOf(project, `compute.${collection}`);

/** What the organisation has set on the project's networks from above; no call of the project lists it. */
export const hierarchicalPolicies = (project: GcpProject): Map<string, compute_v1.Schema$FirewallPolicy> =>
  collectionOf(project, "compute.hierarchicalPolicies");

/** The project itself, as Compute Engine has it. */
export function computeProject(project: GcpProject): compute_v1.Schema$Project {
  const kept = collectionOf<compute_v1.Schema$Project>(project, "compute.project");
  const known = kept.get(project.id);
  if (known) return known;
  const made: compute_v1.Schema$Project = {
    kind: "compute#project",
    id: project.number,
    creationTimestamp: project.createdAt.toISOString(),
    name: project.id,
    commonInstanceMetadata: { kind: "compute#metadata", fingerprint: "0" },
    selfLink: linkTo(project),
    defaultServiceAccount: `${project.number}-compute@developer.gserviceaccount.com`,
    xpnProjectStatus: "UNSPECIFIED_XPN_PROJECT_STATUS",
    defaultNetworkTier: "PREMIUM",
    vmDnsSetting: "ZONAL_ONLY",
  };
  kept.set(project.id, made);
  return made;
}

/** A link to the project or, by its path, to something in it. */
export const linkTo = ({ id }: Pick<GcpProject, "id">, path = ""): string =>
  `https://www.googleapis.com/compute/v1/projects/${id}${path && `/${path}`}`;

/** A few of Google's regions, each with zones b, c and d. */
export const gcpRegions = [
  "asia-northeast1",
  "europe-north1",
  "europe-west1",
  "europe-west3",
  "europe-west4",
  "us-central1",
  "us-east1",
  "us-west1",
] as const;

export const zonesOf = (region: string): string[] => ["b", "c", "d"].map((zone) => `${region}-${zone}`);

/** What a call's path names within the project, up to the name of a resource of the collection. */
export function pathWithin(call: GcpCall, collection: ComputeCollection): string {
  const [, within = ""] = /\/projects\/[^/]+\/(.*)$/.exec(call.path) ?? [];
  const steps = within.split("/");
  return steps.slice(0, steps.indexOf(collection) + 2).join("/");
}

export function found<C extends ComputeCollection>(call: GcpCall, collection: C): Collections[C] {
  const path = pathWithin(call, collection);
  const resource = computeState(call.project, collection).get(path);
  if (!resource) throw notFound(call, path);
  return resource;
}

export const notFound = ({ project }: GcpCall, path: string): GcpError =>
  new GcpError("NOT_FOUND", `The resource 'projects/${project.id}/${path}' was not found`);

/** `zones/z`, `regions/r` or `global`: where a path leads. */
export const scopeOf = (path: string): string =>
  path.startsWith("global/") ? "global" : path.split("/").slice(0, 2).join("/");
