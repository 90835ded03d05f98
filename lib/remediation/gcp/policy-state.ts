import type { compute_v1 } from "googleapis/build/src/apis/compute/v1.js";
import { required } from "#lib/inventory/answers.ts";
import { fullName } from "#lib/inventory/gcp/compute-common.ts";
import type { Json, Target } from "../model.ts";
import type { AccessOf } from "../operation.ts";
import { unlessMissing } from "./define-call.ts";
import { sorted } from "./firewall-state.ts";

/** A rule as the API writes it, with the fields that are set; what it counts by itself is left out. */
export type PolicyRule = {
  priority: number;
  action: string;
  direction: string;
  disabled: boolean;
  match: { [field: string]: Json };
  [field: string]: Json;
};

/** A firewall policy of the project; `region` is `global` for one that holds in all of them. */
export type NetworkPolicy = {
  name: string;
  region: string;
  /** The networks it is on, as full resource names. */
  networks: string[];
  /** By priority. */
  rules: PolicyRule[];
};

/** The project's policies that are on a network; null when the network is gone. */
export async function readNetworkPolicies(
  access: AccessOf<"gcp">,
  { account: project, name: network, uid }: Target,
  signal: AbortSignal,
): Promise<NetworkPolicy[] | null> {
  const api = await access.clients.compute();
  if (!(await unlessMissing(() => api.networks.get({ project, network }, { signal })))) return null;
  const found: NetworkPolicy[] = [];
  let pageToken: string | undefined;
  do {
    const page = pageToken ? { pageToken } : {};
    const { data } = await api.networkFirewallPolicies.aggregatedList({ project, ...page }, { signal });
    for (const { firewallPolicies = [] } of Object.values(data.items ?? {})) {
      for (const listed of firewallPolicies) {
        if (!networksOf(listed).includes(uid)) continue;
        const policy = await readPolicy(access, placeOf(project, listed), signal);
        if (policy) found.push(policy);
      }
    }
    pageToken = data.nextPageToken || undefined;
  } while (pageToken);
  return found.sort((a, b) => (`${a.region} ${a.name}` < `${b.region} ${b.name}` ? -1 : 1));
}

export type PolicyPlace = { project: string; region: string; firewallPolicy: string };

/** Null when there is none of the name. */
export async function readPolicy(
  access: AccessOf<"gcp">,
  { project, region, firewallPolicy }: PolicyPlace,
  signal: AbortSignal,
): Promise<NetworkPolicy | null> {
  const api = await access.clients.compute();
  const found = await unlessMissing(() =>
    region === "global"
      ? api.networkFirewallPolicies.get({ project, firewallPolicy }, { signal })
      : api.regionNetworkFirewallPolicies.get({ project, region, firewallPolicy }, { signal }),
  );
  if (!found) return null;
  const rules = (found.data.rules ?? []).map(ruleFrom).sort((a, b) => a.priority - b.priority);
  return { name: firewallPolicy, region, networks: networksOf(found.data), rules };
}

function ruleFrom(written: compute_v1.Schema$FirewallPolicyRule): PolicyRule {
  const { kind: _kind, ruleTupleCount: _count, ...rule } = JSON.parse(JSON.stringify(written));
  return {
    ...rule,
    priority: required(written.priority, "priority"),
    action: required(written.action, "action"),
    direction: written.direction ?? "INGRESS",
    disabled: written.disabled ?? false,
    match: rule.match ?? {},
  };
}

const placeOf = (project: string, policy: compute_v1.Schema$FirewallPolicy): PolicyPlace => ({
  project,
  region: policy.region?.split("/").at(-1) ?? "global",
  firewallPolicy: required(policy.name, "name"),
});

const networksOf = ({ associations }: compute_v1.Schema$FirewallPolicy): string[] =>
  sorted(
    (associations ?? []).flatMap(({ attachmentTarget }) =>
      attachmentTarget ? [fullName(attachmentTarget)] : [],
    ),
  );
