import type { compute_v1 } from "googleapis/build/src/apis/compute/v1.js";
import { mergePatch } from "../../merge-patch.ts";
import { type GcpCall, GcpError, type GcpProject, type GcpRoute } from "../../model.ts";
import { newId } from "../../operations.ts";
import { checkFirewall, filledFirewall } from "./firewall-rules.ts";
import { readingRoutes } from "./lists.ts";
import { policyRuleRoutes } from "./policy-rules.ts";
import { computeState, found, hierarchicalPolicies, linkTo, pathWithin } from "./state.ts";
import { deleted, inserted, operationOn, patched, patchRoute, replace } from "./writes.ts";

const root = "/compute/v1/projects/{project}";

/** Changing a firewall takes a permission on its network as well. */
const changingFirewall = (verb: string) => [`compute.firewalls.${verb}`, "compute.networks.updatePolicy"];

export const networkRoutes: readonly GcpRoute[] = [
  ...readingRoutes({ collection: "networks", noun: "network", places: ["global"] }),
  ...readingRoutes({ collection: "subnetworks", noun: "subnetwork", places: ["regions"] }),
  ...readingRoutes({ collection: "firewalls", noun: "firewall", places: ["global"] }),
  ...readingRoutes({ collection: "backendServices", noun: "backendService", places: ["global", "regions"] }),
  ...readingRoutes({
    collection: "firewallPolicies",
    noun: "networkFirewallPolicy",
    places: ["global", "regions"],
  }),
  patchRoute("networks", "global"),
  {
    method: "PATCH",
    path: `${root}/regions/{place}/subnetworks/{name}`,
    permissions: ["compute.subnetworks.update"],
    handler: patchSubnet,
  },
  ...["global", "regions/{place}"].map(
    (place): GcpRoute => ({
      method: "PATCH",
      path: `${root}/${place}/backendServices/{name}`,
      permissions: [`compute.${place === "global" ? "backendServices" : "regionBackendServices"}.update`],
      handler: patchBackendService,
    }),
  ),
  {
    method: "DELETE",
    path: `${root}/global/networks/{name}`,
    permissions: ["compute.networks.delete"],
    handler: (call) => {
      const { selfLink } = found(call, "networks");
      const users = (["firewalls", "subnetworks"] as const).flatMap((collection) =>
        [...computeState(call.project, collection).values()].filter(({ network }) => network === selfLink),
      );
      if (users[0]) {
        throw new GcpError(
          "INVALID_ARGUMENT",
          `The network resource '${call.labels.name}' is already being used by '${users[0].name}'`,
          { reason: "resourceInUseByAnotherResource" },
        );
      }
      return deleted(call, "networks");
    },
  },
  {
    method: "POST",
    path: `${root}/global/firewalls`,
    permissions: changingFirewall("create"),
    handler: (call) => inserted(call, "firewalls", (body) => checkedFirewall(call, body)),
  },
  {
    method: "PATCH",
    path: `${root}/global/firewalls/{name}`,
    permissions: changingFirewall("update"),
    handler: (call) => {
      // Judged as a whole before any of it is taken over.
      checkedFirewall(call, mergePatch(found(call, "firewalls"), call.body) as GcpCall["body"]);
      return patched(call, "firewalls", (rule) => checkedFirewall(call, rule as GcpCall["body"]));
    },
  },
  {
    method: "PUT",
    path: `${root}/global/firewalls/{name}`,
    permissions: changingFirewall("update"),
    handler: (call) => {
      const firewall = found(call, "firewalls");
      const { kind, id, name, selfLink, creationTimestamp } = firewall;
      const own = { kind, id, name, selfLink, creationTimestamp };
      replace(firewall, { ...checkedFirewall(call, call.body), ...own });
      return operationOn(call, "update", pathWithin(call, "firewalls"));
    },
  },
  {
    method: "DELETE",
    path: `${root}/global/firewalls/{name}`,
    permissions: changingFirewall("delete"),
    handler: (call) => deleted(call, "firewalls"),
  },
  {
    method: "GET",
    path: `${root}/global/networks/{name}/getEffectiveFirewalls`,
    permissions: ["compute.networks.getEffectiveFirewalls"],
    handler: (call) => effectiveFirewalls(call, found(call, "networks").selfLink, null),
  },
  {
    method: "GET",
    path: `${root}/regions/{place}/firewallPolicies/getEffectiveFirewalls`,
    permissions: ["compute.networks.getRegionEffectiveFirewalls"],
    handler: (call) => {
      const name = call.query.get("network")?.split("/").at(-1) ?? "";
      return effectiveFirewalls(
        call,
        linkTo(call.project, `global/networks/${name}`),
        call.labels.place ?? "",
      );
    },
  },
  ...policyRuleRoutes,
];

/** Subnets change only for who has seen them as they are. What was set for flow logs is lost when they are turned off. */
function patchSubnet(call: GcpCall): object {
  const subnet = found(call, "subnetworks");
  if (call.body.fingerprint !== subnet.fingerprint) {
    throw new GcpError("FAILED_PRECONDITION", "Invalid fingerprint.", {
      httpStatus: 412,
      reason: "conditionNotMet",
    });
  }
  const { logConfig } = mergePatch(subnet, call.body) as compute_v1.Schema$Subnetwork;
  const { flowSampling } = logConfig ?? {};
  if (typeof flowSampling === "number" && (flowSampling < 0 || flowSampling > 1)) {
    throw new GcpError("INVALID_ARGUMENT", "Invalid value for field 'resource.logConfig.flowSampling'.", {
      reason: "invalid",
    });
  }
  if (logConfig?.enable && /^(REGIONAL|GLOBAL)_MANAGED_PROXY$/.test(subnet.purpose ?? "")) {
    throw new GcpError("INVALID_ARGUMENT", "Flow logs are not supported for subnets of this purpose.", {
      reason: "invalid",
    });
  }
  return patched(call, "subnetworks", (next) => ({
    ...next,
    fingerprint: newId(),
    ...(logConfig
      ? {
          enableFlowLogs: logConfig.enable ?? false,
          logConfig: logConfig.enable ? logConfig : { enable: false },
        }
      : {}),
  }));
}

/** A fingerprint that is given has to be the present one. The rate is lost when requests are no longer logged. */
function patchBackendService(call: GcpCall): object {
  const service = found(call, "backendServices");
  const seen = call.body.fingerprint;
  if (seen !== undefined && seen !== null && seen !== service.fingerprint) {
    throw new GcpError("FAILED_PRECONDITION", "Invalid fingerprint.", {
      httpStatus: 412,
      reason: "conditionNotMet",
    });
  }
  const { logConfig } = mergePatch(service, call.body) as compute_v1.Schema$BackendService;
  return patched(call, "backendServices", (next) => ({
    ...next,
    fingerprint: newId(),
    ...(logConfig ? { logConfig: logConfig.enable ? logConfig : { enable: false } } : {}),
  }));
}

function checkedFirewall(call: GcpCall, body: GcpCall["body"]): object {
  const rule = filledFirewall(call, body);
  checkFirewall(rule);
  return rule;
}

/** Every policy in force on a network, and its firewall rules unless only the policies were asked for. */
function effectiveFirewalls({ project, query }: GcpCall, network: string, region: string | null): object {
  const isOn = ({ associations }: compute_v1.Schema$FirewallPolicy) =>
    associations?.some(({ attachmentTarget }) => attachmentTarget === network) ?? false;
  const own = [...computeState(project, "firewallPolicies")].filter(([, policy]) => isOn(policy));
  const inForce = [
    ...[...hierarchicalPolicies(project).values()].map((policy) => effective(policy, "HIERARCHY")),
    ...own.filter(([path]) => path.startsWith("global/")).map(([, policy]) => effective(policy, "NETWORK")),
    ...own
      .filter(([path]) => region !== null && path.startsWith(`regions/${region}/`))
      .map(([, policy]) => effective(policy, "NETWORK_REGIONAL")),
  ];
  const rules = query.get("fields") ? [] : firewallsOf(project, network);
  return {
    ...(inForce.length > 0 ? { firewallPolicys: inForce } : {}),
    ...(rules.length > 0 ? { firewalls: rules } : {}),
  };
}

const effective = ({ name, shortName, rules }: compute_v1.Schema$FirewallPolicy, type: string) => ({
  name,
  ...(shortName ? { shortName } : {}),
  type,
  rules,
});

const firewallsOf = (project: GcpProject, network: string) =>
  [...computeState(project, "firewalls").values()].filter((rule) => rule.network === network);
