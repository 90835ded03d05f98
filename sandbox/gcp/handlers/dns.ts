import type { dns_v1 } from "googleapis/build/src/apis/dns/v1.js";
import { mergePatch } from "../merge-patch.ts";
import { collectionOf, type GcpApi, type GcpCall, GcpError, type GcpProject } from "../model.ts";
import { newId } from "../operations.ts";
import { listAnswer } from "../paging.ts";
import { replace } from "./compute/writes.ts";

type Named<T> = T & { name: string };

/** Zones as the API has them. `dns.managedZones`, by name. */
export const zonesOf = (project: GcpProject): Map<string, Named<dns_v1.Schema$ManagedZone>> =>
  collectionOf(project, "dns.managedZones");
/** Server policies as the API has them. `dns.policies`, by name. */
export const dnsPoliciesOf = (project: GcpProject): Map<string, Named<dns_v1.Schema$Policy>> =>
  collectionOf(project, "dns.policies");

function named<T>(collection: Map<string, T>, noun: string, { labels }: GcpCall): T {
  const found = collection.get(labels.name ?? "");
  if (!found) {
    throw new GcpError(
      "NOT_FOUND",
      `The 'parameters.${noun}' resource named '${labels.name}' does not exist.`,
    );
  }
  return found;
}

const zoneOf = (call: GcpCall) => named(zonesOf(call.project), "managedZone", call);
const policyOf = (call: GcpCall) => named(dnsPoliciesOf(call.project), "policy", call);

/** How keys are made may only change while there are none. */
function patchZone(call: GcpCall): object {
  const zone = zoneOf(call);
  const next = mergePatch(zone, call.body) as Named<dns_v1.Schema$ManagedZone>;
  const isSigned = (zone.dnssecConfig?.state ?? "off") !== "off" && next.dnssecConfig?.state !== "off";
  const specsOf = ({ dnssecConfig }: dns_v1.Schema$ManagedZone) =>
    JSON.stringify(dnssecConfig?.defaultKeySpecs);
  if (isSigned && specsOf(zone) !== specsOf(next)) {
    throw new GcpError("FAILED_PRECONDITION", "The key specs can only be changed while DNSSEC is off.", {
      httpStatus: 412,
      reason: "preconditionFailed",
    });
  }
  replace(zone, next);
  return {
    kind: "dns#operation",
    id: newId(),
    startTime: call.now.toISOString(),
    status: "done",
    user: call.identity.email,
    type: "update",
    zoneContext: { newValue: zone },
  };
}

/** A network is bound to one policy at most. */
function refuseTakenNetworks(
  { project }: GcpCall,
  { name, networks = [] }: Named<dns_v1.Schema$Policy>,
): void {
  for (const other of dnsPoliciesOf(project).values()) {
    if (other.name === name) continue;
    const taken = networks.find((one) => other.networks?.some((two) => two.networkUrl === one.networkUrl));
    if (taken) {
      throw new GcpError(
        "INVALID_ARGUMENT",
        `The network '${taken.networkUrl}' is already bound to the policy '${other.name}'.`,
        { reason: "networkBoundToMultiplePolicies" },
      );
    }
  }
}

const root = "/dns/v1/projects/{project}";

export const dnsApi: GcpApi = {
  host: "dns.googleapis.com",
  title: "Cloud DNS API",
  errors: "legacy",
  routes: [
    {
      method: "GET",
      path: `${root}/managedZones`,
      permissions: ["dns.managedZones.list"],
      handler: (call) =>
        listAnswer(call, "managedZones", zonesOf(call.project).values(), {
          kind: "dns#managedZonesListResponse",
        }),
    },
    {
      method: "GET",
      path: `${root}/managedZones/{name}`,
      permissions: ["dns.managedZones.get"],
      handler: zoneOf,
    },
    {
      method: "PATCH",
      path: `${root}/managedZones/{name}`,
      permissions: ["dns.managedZones.update"],
      handler: patchZone,
    },
    {
      method: "GET",
      path: `${root}/policies`,
      permissions: ["dns.policies.list"],
      handler: (call) =>
        listAnswer(call, "policies", dnsPoliciesOf(call.project).values(), {
          kind: "dns#policiesListResponse",
        }),
    },
    {
      method: "GET",
      path: `${root}/policies/{name}`,
      permissions: ["dns.policies.get"],
      handler: policyOf,
    },
    {
      method: "POST",
      path: `${root}/policies`,
      permissions: ["dns.policies.create"],
      handler: (call) => {
        const { name } = call.body;
        if (typeof name !== "string" || name === "") {
          throw new GcpError("INVALID_ARGUMENT", "Invalid value for 'entity.policy.name'.", {
            reason: "invalid",
          });
        }
        const policies = dnsPoliciesOf(call.project);
        if (policies.has(name)) {
          throw new GcpError("ALREADY_EXISTS", `The resource named '${name}' already exists`, {
            reason: "alreadyExists",
          });
        }
        const policy = { kind: "dns#policy", id: newId(), ...call.body, name };
        refuseTakenNetworks(call, policy);
        policies.set(name, policy);
        return policy;
      },
    },
    {
      method: "PATCH",
      path: `${root}/policies/{name}`,
      permissions: ["dns.policies.update"],
      handler: (call) => {
        const policy = policyOf(call);
        const next = mergePatch(policy, call.body) as Named<dns_v1.Schema$Policy>;
        refuseTakenNetworks(call, next);
        replace(policy, next);
        return { header: { operationId: newId() }, policy };
      },
    },
    {
      method: "DELETE",
      path: `${root}/policies/{name}`,
      permissions: ["dns.policies.delete"],
      handler: (call) => {
        const { networks = [] } = policyOf(call);
        if (networks.length > 0) {
          throw new GcpError(
            "INVALID_ARGUMENT",
            `The resource named '${call.labels.name}' cannot be deleted because it is used by a network.`,
            { reason: "resourceInUse" },
          );
        }
        dnsPoliciesOf(call.project).delete(call.labels.name ?? "");
        return {};
      },
    },
  ],
};
