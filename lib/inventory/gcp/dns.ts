import type { dns_v1 } from "googleapis/build/src/apis/dns/v1.js";
import { cut, oneOf, readPromised, required, tagRecord } from "../answers.ts";
import type { Resource } from "../model.ts";
import type { GcpCollector, GcpContext } from "./collector.ts";
import { fullName } from "./compute-common.ts";
import { listAll, timeFrom } from "./list.ts";

export const zones: GcpCollector<"gcp.dns.zone"> = {
  kind: "gcp.dns.zone",
  cloud: "gcp",
  service: "dns",
  scope: "global",
  permissions: ["dns.managedZones.list"],
  collect: async function* (context) {
    const api = await context.clients.dns();
    const found = listAll(
      context,
      "dns.managedZones.list",
      (page, options) => api.managedZones.list({ project: context.account, ...page }, options),
      (page) => page.managedZones,
    );
    yield* context.each(found, (zone) => describeZone(context, zone));
  },
};

async function describeZone(
  context: GcpContext,
  zone: dns_v1.Schema$ManagedZone,
): Promise<Resource<"gcp.dns.zone">> {
  const name = required(zone.name, "name");
  const uid = `//dns.googleapis.com/projects/${context.account}/managedZones/${name}`;
  const { dnssecConfig } = zone;
  // A zone that was never signed may have no settings for it.
  const dnssec = oneOf(dnssecConfig?.state ?? "off", ["off", "on", "transfer"], "dnssecConfig.state");
  const { read, unread } = await readPromised(context, uid, "dns.managedZones.list", {
    keySpecs: dnssecConfig?.defaultKeySpecs?.map(keySpecOf) ?? (dnssec === "off" ? [] : undefined),
  });
  return {
    uid,
    kind: "gcp.dns.zone",
    account: context.account,
    region: "global",
    name,
    tags: tagRecord(Object.entries(zone.labels ?? {})),
    config: {
      dnsName: cut(required(zone.dnsName, "dnsName")),
      visibility: oneOf(zone.visibility ?? "public", ["public", "private"], "visibility"),
      dnssec,
      createdAt: timeFrom(zone.creationTime),
      ...read,
    },
    unread,
  };
}

const keySpecOf = ({ keyType, algorithm, keyLength }: dns_v1.Schema$DnsKeySpec) => ({
  type: oneOf(keyType ?? "", ["keySigning", "zoneSigning"], "keyType"),
  algorithm: cut(required(algorithm, "algorithm")),
  bits: keyLength ?? null,
});

export const dnsPolicies: GcpCollector<"gcp.dns.policy"> = {
  kind: "gcp.dns.policy",
  cloud: "gcp",
  service: "dns",
  scope: "global",
  permissions: ["dns.policies.list"],
  collect: async function* (context) {
    const api = await context.clients.dns();
    const found = listAll(
      context,
      "dns.policies.list",
      (page, options) => api.policies.list({ project: context.account, ...page }, options),
      (page) => page.policies,
    );
    yield* context.each(found, async (policy) => describePolicy(context, policy));
  },
};

function describePolicy({ account }: GcpContext, policy: dns_v1.Schema$Policy): Resource<"gcp.dns.policy"> {
  const name = required(policy.name, "name");
  return {
    uid: `//dns.googleapis.com/projects/${account}/policies/${name}`,
    kind: "gcp.dns.policy",
    account,
    region: "global",
    name,
    tags: {},
    config: {
      logging: policy.enableLogging ?? false,
      inboundForwarding: policy.enableInboundForwarding ?? false,
      networks: (policy.networks ?? []).map(({ networkUrl }) => fullName(required(networkUrl, "networkUrl"))),
    },
    unread: [],
  };
}
