import type {
  ApplicationGateway,
  ApplicationGatewaySslPolicy,
  WebApplicationFirewallPolicy,
} from "@azure/arm-network";
import { cut, oneOf, readPromised, required } from "../answers.ts";
import type { Resource } from "../model.ts";
import { armId, armResource, referredId, wordOf } from "./arm.ts";
import { armListing } from "./arm-list.ts";
import type { AzureCollector, AzureContext } from "./collector.ts";
import type { TlsPolicy } from "./network.kinds.ts";
import { rawFields } from "./raw-fields.ts";

const readGateways = "Microsoft.Network/applicationGateways/read";

export const applicationGateways: AzureCollector<"azure.network.application-gateway"> = {
  kind: "azure.network.application-gateway",
  cloud: "azure",
  service: "network",
  scope: "global",
  permissions: [readGateways],
  collect(context) {
    const { clients, signal } = context;
    const found = clients.network.applicationGateways.listAll({ abortSignal: signal });
    return context.each(armListing(readGateways, found), (gateway) => describeGateway(context, gateway));
  },
};

async function describeGateway(
  context: AzureContext,
  gateway: ApplicationGateway,
): Promise<Resource<"azure.network.application-gateway">> {
  const common = armResource(context, gateway);
  const { webApplicationFirewallConfiguration: firewall, sslProfiles = [] } = gateway;
  const { read, unread } = await readPromised(context, common.uid, readGateways, { tier: gateway.sku?.tier });
  return {
    ...common,
    kind: "azure.network.application-gateway",
    config: {
      ...read,
      http2: gateway.enableHttp2 ?? null,
      tlsPolicies: [
        ...(gateway.sslPolicy ? [tlsPolicyOf("gateway", gateway.sslPolicy)] : []),
        ...sslProfiles.flatMap(({ name, sslPolicy }) =>
          sslPolicy ? [tlsPolicyOf(`profile ${cut(required(name, "sslProfiles.name"))}`, sslPolicy)] : [],
        ),
      ],
      hasTlsPolicy: gateway.sslPolicy !== undefined,
      defaultTlsPolicy: gateway.defaultPredefinedSslPolicy ?? null,
      firewall: firewall
        ? { enabled: required(firewall.enabled, "webApplicationFirewallConfiguration.enabled") }
        : null,
      firewallPolicyId: referredId(gateway.firewallPolicy, "firewallPolicy.id"),
    },
    unread,
  };
}

const tlsPolicyOf = (of: string, policy: ApplicationGatewaySslPolicy): TlsPolicy => ({
  of,
  type: policy.policyType
    ? oneOf(policy.policyType, ["Predefined", "Custom", "CustomV2"], "policyType")
    : null,
  name: policy.policyName ?? null,
  minVersion: policy.minProtocolVersion ?? null,
  disabledProtocols: [...(policy.disabledSslProtocols ?? [])].sort(),
});

const readPolicies = "Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies/read";

export const wafPolicies: AzureCollector<"azure.network.waf-policy"> = {
  kind: "azure.network.waf-policy",
  cloud: "azure",
  service: "network",
  scope: "global",
  permissions: [readPolicies],
  collect(context) {
    const { clients, signal } = context;
    const { onResponse, has } = rawFields(["properties", "policySettings", "requestBodyCheck"]);
    const found = clients.network.webApplicationFirewallPolicies.listAll({ abortSignal: signal, onResponse });
    return context.each(armListing(readPolicies, found), (policy) =>
      describePolicy(context, policy, has(policy.id)),
    );
  },
};

async function describePolicy(
  context: AzureContext,
  policy: WebApplicationFirewallPolicy,
  saysBodyCheck: boolean,
): Promise<Resource<"azure.network.waf-policy">> {
  const common = armResource(context, policy);
  const { state, mode, requestBodyCheck } = policy.policySettings ?? {};
  const onOff = wordOf(state, ["Enabled", "Disabled"], "policySettings.state");
  const { read, unread } = await readPromised(context, common.uid, readPolicies, {
    enabled: onOff && onOff === "Enabled",
    mode: wordOf(mode, ["Prevention", "Detection"], "policySettings.mode"),
    bodyCheck: saysBodyCheck ? requestBodyCheck : undefined,
    ruleSets: policy.managedRules?.managedRuleSets?.map(
      ({ ruleSetType, ruleSetVersion, ruleGroupOverrides }) => ({
        type: required(ruleSetType, "ruleSetType"),
        version: required(ruleSetVersion, "ruleSetVersion"),
        disabledRules: (ruleGroupOverrides ?? [])
          .flatMap(({ rules }) => rules ?? [])
          .filter((rule) => rule.state === "Disabled").length,
      }),
    ),
  });
  return {
    ...common,
    kind: "azure.network.waf-policy",
    config: {
      ...read,
      gatewayIds: (policy.applicationGateways ?? [])
        .map(({ id }) => armId(id, "applicationGateways.id"))
        .sort(),
    },
    unread,
  };
}
