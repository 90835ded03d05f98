import type { compute_v1 } from "googleapis/build/src/apis/compute/v1.js";
import { type GcpCall, GcpError, type GcpRoute } from "../../model.ts";
import { newId } from "../../operations.ts";
import { readingRoutes } from "./lists.ts";
import { computeProject, found, pathWithin, type Stored } from "./state.ts";
import { operationOn } from "./writes.ts";

type Instance = Stored<compute_v1.Schema$Instance>;

const root = "/compute/v1/projects/{project}";

/** A call that changes one instance, and answers by an operation. */
const changing = (
  verb: string,
  method: "POST" | "PATCH",
  change: (instance: Instance, call: GcpCall) => void,
): GcpRoute => ({
  method,
  path: `${root}/zones/{place}/instances/{name}/${verb}`,
  permissions: [`compute.instances.${verb}`],
  handler: (call) => {
    change(found(call, "instances"), call);
    return operationOn(call, verb, pathWithin(call, "instances"));
  },
});

/** Metadata are replaced as a whole, and only by who has seen them as they are. */
function metadataFrom({ body }: GcpCall, current: compute_v1.Schema$Metadata | undefined) {
  if (body.fingerprint !== current?.fingerprint) {
    throw new GcpError(
      "FAILED_PRECONDITION",
      "Supplied fingerprint does not match current metadata fingerprint.",
      {
        httpStatus: 412,
        reason: "conditionNotMet",
      },
    );
  }
  const items = Array.isArray(body.items)
    ? body.items.map((item: { key?: unknown; value?: unknown }) => ({
        key: String(item.key),
        value: String(item.value ?? ""),
      }))
    : [];
  return { kind: "compute#metadata", fingerprint: newId(), ...(items.length > 0 ? { items } : {}) };
}

function mustBeStopped({ name, status }: Instance): void {
  if (status !== "TERMINATED") {
    throw new GcpError("INVALID_ARGUMENT", `The instance '${name}' must be stopped for that.`, {
      reason: "resourceNotReady",
    });
  }
}

const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
const flagOf = (value: unknown, current: boolean | null | undefined): boolean =>
  typeof value === "boolean" ? value : (current ?? false);

export const instanceRoutes: readonly GcpRoute[] = [
  {
    method: "GET",
    path: root,
    permissions: ["compute.projects.get"],
    handler: ({ project }) => computeProject(project),
  },
  {
    method: "POST",
    path: `${root}/setCommonInstanceMetadata`,
    permissions: ["compute.projects.setCommonInstanceMetadata"],
    handler: (call) => {
      const project = computeProject(call.project);
      project.commonInstanceMetadata = metadataFrom(call, project.commonInstanceMetadata);
      return operationOn(call, "setCommonInstanceMetadata", "global/project");
    },
  },
  ...readingRoutes({ collection: "instances", noun: "instance", places: ["zones"] }),
  ...readingRoutes({ collection: "disks", noun: "disk", places: ["zones", "regions"] }),
  changing("stop", "POST", (instance) => {
    instance.status = "TERMINATED";
  }),
  changing("start", "POST", (instance) => {
    instance.status = "RUNNING";
  }),
  changing("setMetadata", "POST", (instance, call) => {
    instance.metadata = metadataFrom(call, instance.metadata);
  }),
  changing("deleteAccessConfig", "POST", (instance, { query }) => {
    const card = instance.networkInterfaces?.find(({ name }) => name === query.get("networkInterface"));
    const left = card?.accessConfigs?.filter(({ name }) => name !== query.get("accessConfig"));
    if (!card?.accessConfigs || !left || left.length === card.accessConfigs.length) {
      throw new GcpError("INVALID_ARGUMENT", "The access config does not exist.", { reason: "invalid" });
    }
    if (left.length > 0) card.accessConfigs = left;
    else delete card.accessConfigs;
  }),
  changing("setServiceAccount", "POST", (instance, { body }) => {
    mustBeStopped(instance);
    const email = textOf(body.email);
    if (email === undefined) delete instance.serviceAccounts;
    else
      instance.serviceAccounts = [
        { email, scopes: Array.isArray(body.scopes) ? body.scopes.map(String) : [] },
      ];
  }),
  changing("updateShieldedInstanceConfig", "PATCH", (instance, { body }) => {
    mustBeStopped(instance);
    const current = instance.shieldedInstanceConfig;
    instance.shieldedInstanceConfig = {
      enableSecureBoot: flagOf(body.enableSecureBoot, current?.enableSecureBoot),
      enableVtpm: flagOf(body.enableVtpm, current?.enableVtpm),
      enableIntegrityMonitoring: flagOf(body.enableIntegrityMonitoring, current?.enableIntegrityMonitoring),
    };
  }),
];
