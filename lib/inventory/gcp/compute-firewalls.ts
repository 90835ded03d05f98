import type { compute_v1 } from "googleapis/build/src/apis/compute/v1.js";
import { oneOf, readPromised, required } from "../answers.ts";
import type { Resource } from "../model.ts";
import type { GcpCollector, GcpContext } from "./collector.ts";
import { fullName, maxResults, textOrNull, texts, trafficOf } from "./compute-common.ts";
import { listAll, timeFrom } from "./list.ts";

export const firewalls: GcpCollector<"gcp.compute.firewall"> = {
  kind: "gcp.compute.firewall",
  cloud: "gcp",
  service: "compute",
  scope: "global",
  permissions: ["compute.firewalls.list"],
  collect: async function* (context) {
    const api = await context.clients.compute();
    const found = listAll(
      context,
      "compute.firewalls.list",
      (page, options) => api.firewalls.list({ project: context.account, maxResults, ...page }, options),
      (page) => page.items,
    );
    yield* context.each(found, (rule) => describeFirewall(context, rule));
  },
};

async function describeFirewall(
  context: GcpContext,
  rule: compute_v1.Schema$Firewall,
): Promise<Resource<"gcp.compute.firewall">> {
  const uid = fullName(required(rule.selfLink, "selfLink"));
  const { action, parts } = effectOf(rule);
  const { read, unread } = await readPromised(context, uid, "compute.firewalls.list", {
    action,
    traffic: parts && trafficOf(parts.map(({ IPProtocol, ports }) => ({ protocol: IPProtocol, ports }))),
  });
  return {
    uid,
    kind: "gcp.compute.firewall",
    account: context.account,
    region: "global",
    name: required(rule.name, "name"),
    tags: {},
    config: {
      network: fullName(required(rule.network, "network")),
      direction: oneOf(rule.direction ?? "INGRESS", ["INGRESS", "EGRESS"], "direction"),
      priority: rule.priority ?? 1000,
      disabled: rule.disabled ?? false,
      sourceRanges: texts(rule.sourceRanges),
      sourceTags: texts(rule.sourceTags),
      sourceServiceAccounts: texts(rule.sourceServiceAccounts),
      destinationRanges: texts(rule.destinationRanges),
      targetTags: texts(rule.targetTags),
      targetServiceAccounts: texts(rule.targetServiceAccounts),
      description: textOrNull(rule.description),
      createdAt: timeFrom(rule.creationTimestamp),
      logging: rule.logConfig?.enable ?? false,
      ...read,
    },
    unread,
  };
}

/** Every rule either allows or denies; the other list is left out, or empty. */
function effectOf({ allowed, denied }: compute_v1.Schema$Firewall) {
  if (denied?.length) return { action: "deny" as const, parts: denied };
  return allowed?.length ? { action: "allow" as const, parts: allowed } : {};
}
