import type { compute_v1 } from "googleapis/build/src/apis/compute/v1.js";
import { z } from "zod";
import { canonicalJson } from "#lib/canonical-json.ts";
import { ActionRefused } from "../action-handler.ts";
import type { AccessOf } from "../operation.ts";
import { gcloud } from "./command.ts";
import { defineGcpCall } from "./define-call.ts";
import { type PolicyPlace, readPolicy } from "./policy-state.ts";
import { finish, waiting } from "./wait.ts";

const Place = z.object({
  project: z.string().min(1).max(100),
  /** `global` for a policy of all regions. */
  region: z.string().min(1).max(100),
  firewallPolicy: z.string().min(1).max(63),
  priority: z.int().min(0).max(2_147_483_647),
});
const Rule = z
  .object({ priority: z.int(), disabled: z.boolean(), match: z.record(z.string(), z.json()) })
  .catchall(z.json());
const WithRule = Place.extend({ rule: Rule });
type WithRule = z.infer<typeof WithRule>;

const permissions = [
  "compute.firewallPolicies.get",
  "compute.firewallPolicies.update",
  waiting.global,
  waiting.region,
];

type Api = compute_v1.Resource$Networkfirewallpolicies | compute_v1.Resource$Regionnetworkfirewallpolicies;

export const policyCalls = [
  defineGcpCall({
    api: "gcp.compute.networkFirewallPolicies.addRule",
    input: WithRule,
    permissions,
    async send(access, input, { signal }) {
      if (await findRule(access, input, signal)) return null;
      const { rule: requestBody, priority: _priority, ...at } = input;
      await change(access, at, signal, (api, place) =>
        api.addRule({ ...place, requestBody: requestBody as object }, { signal }),
      );
      return null;
    },
    find: async (access, input, { signal }) =>
      (await findRule(access, input, signal)) ? { priority: input.priority } : null,
    command: (input) => sayRule("create", input),
  }),
  defineGcpCall({
    api: "gcp.compute.networkFirewallPolicies.patchRule",
    input: WithRule,
    permissions,
    async send(access, { rule, priority, ...at }, { signal }) {
      // A match is replaced as a whole, with what it no longer has.
      const requestBody = { match: rule.match, disabled: rule.disabled };
      await change(access, at, signal, (api, place) =>
        api.patchRule({ ...place, priority, requestBody: requestBody as object }, { signal }),
      );
      return null;
    },
    command: (input) => sayRule("update", input),
  }),
  defineGcpCall({
    api: "gcp.compute.networkFirewallPolicies.removeRule",
    input: Place,
    permissions,
    async send(access, { priority, ...at }, { signal }) {
      const policy = await readPolicy(access, at, signal);
      if (!policy?.rules.some((rule) => rule.priority === priority)) return null;
      await change(access, at, signal, (api, place) => api.removeRule({ ...place, priority }, { signal }));
      return null;
    },
    command: (input) => say("delete", input, {}),
  }),
];

/** A policy has one rule of a priority: it is the one that was made, or somebody else's. */
async function findRule(
  access: AccessOf<"gcp">,
  { rule, priority, ...at }: WithRule,
  signal: AbortSignal,
): Promise<boolean> {
  const policy = await readPolicy(access, at, signal);
  const found = policy?.rules.find((one) => one.priority === priority);
  if (found && canonicalJson(found) !== canonicalJson(rule)) {
    throw new ActionRefused("drift", `Policy ${at.firewallPolicy} has another rule ${priority} by now.`);
  }
  return found !== undefined;
}

/** The two kinds of policy have the same methods, one of them by region. */
async function change(
  access: AccessOf<"gcp">,
  { project, region, firewallPolicy }: PolicyPlace,
  signal: AbortSignal,
  send: (
    api: Pick<compute_v1.Resource$Regionnetworkfirewallpolicies, "addRule" | "patchRule" | "removeRule">,
    place: { project: string; region?: string; firewallPolicy: string },
  ) => Promise<{ data: compute_v1.Schema$Operation }>,
): Promise<void> {
  const compute = await access.clients.compute();
  const isGlobal = region === "global";
  const api: Api = isGlobal ? compute.networkFirewallPolicies : compute.regionNetworkFirewallPolicies;
  const place = { project, firewallPolicy, ...(isGlobal ? {} : { region }) };
  const { data } = await send(api, place);
  await finish(access, { project, ...(isGlobal ? {} : { region }) }, data, signal);
}

function sayRule(verb: string, { rule, ...at }: WithRule): string {
  const texts = (field: string) => {
    const value = rule.match[field];
    return Array.isArray(value) ? value.map(String) : undefined;
  };
  const { layer4Configs, srcIpRanges } = rule.match;
  return say(verb, at, {
    ...(verb === "create" ? { action: String(rule.action), direction: String(rule.direction) } : {}),
    "src-ip-ranges": Array.isArray(srcIpRanges) ? srcIpRanges.map(String) : undefined,
    "src-address-groups": texts("srcAddressGroups"),
    "src-fqdns": texts("srcFqdns"),
    "src-region-codes": texts("srcRegionCodes"),
    "src-threat-intelligence": texts("srcThreatIntelligences"),
    "dest-ip-ranges": texts("destIpRanges"),
    "layer4-configs": (Array.isArray(layer4Configs) ? layer4Configs : []).flatMap(sayTraffic),
    disabled: rule.disabled,
  });
}

const Config = z.object({ ipProtocol: z.string(), ports: z.array(z.string()).default([]) });
function sayTraffic(config: unknown): string[] {
  const { ipProtocol, ports } = Config.parse(config);
  return ports.length > 0 ? ports.map((port) => `${ipProtocol}:${port}`) : [ipProtocol];
}

const say = (
  verb: string,
  { project, region, firewallPolicy, priority }: z.infer<typeof Place>,
  flags: Parameters<typeof gcloud>[2],
): string =>
  gcloud(`compute network-firewall-policies rules ${verb}`, [String(priority)], {
    "firewall-policy": firewallPolicy,
    ...(region === "global" ? { "global-firewall-policy": true } : { "firewall-policy-region": region }),
    project,
    ...flags,
  });
