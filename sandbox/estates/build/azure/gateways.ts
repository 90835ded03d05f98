import type { ArmResource } from "#sandbox/azure/model.ts";
import type { Tags } from "../site.ts";
import { type AzureSite, addResource, armId } from "./site.ts";

/** A VPN gateway. `authentication` is how people get in by point-to-site; left out, they don't. */
export const addVpnGateway = (
  site: AzureSite,
  { name, tags = {}, authentication }: { name: string; tags?: Tags; authentication?: string[] },
): ArmResource =>
  addResource(site, "Microsoft.Network/virtualNetworkGateways", {
    name,
    tags,
    properties: {
      gatewayType: "Vpn",
      vpnType: "RouteBased",
      vpnGatewayGeneration: "Generation2",
      enableBgp: false,
      activeActive: false,
      sku: { name: "VpnGw2AZ", tier: "VpnGw2AZ", capacity: 2 },
      ...(authentication
        ? {
            vpnClientConfiguration: {
              vpnClientAddressPool: { addressPrefixes: ["172.20.0.0/24"] },
              vpnClientProtocols: ["OpenVPN"],
              vpnAuthenticationTypes: authentication,
              vpnClientRootCertificates: [],
              vpnClientRevokedCertificates: [],
            },
          }
        : {}),
    },
  });

export type NewApplicationGateway = {
  name: string;
  tier: "Standard_v2" | "WAF_v2";
  tags?: Tags;
  http2?: boolean;
  /** A predefined TLS policy, or what the gateway has instead. */
  tls?: string | Record<string, unknown>;
  firewallPolicy?: ArmResource;
};

export function addApplicationGateway(site: AzureSite, gateway: NewApplicationGateway): ArmResource {
  const { name, tier, tags = {}, http2, tls, firewallPolicy } = gateway;
  const id = armId(site, "Microsoft.Network/applicationGateways", name);
  if (firewallPolicy) firewallPolicy.properties.applicationGateways = [{ id }];
  return addResource(site, "Microsoft.Network/applicationGateways", {
    name,
    tags,
    properties: {
      sku: { name: tier, tier, family: "Generation_1" },
      operationalState: "Running",
      ...(http2 === undefined ? {} : { enableHttp2: http2 }),
      ...(tls === undefined
        ? {}
        : { sslPolicy: typeof tls === "string" ? { policyType: "Predefined", policyName: tls } : tls }),
      defaultPredefinedSslPolicy: "AppGwSslPolicy20150501",
      ...(firewallPolicy ? { firewallPolicy: { id: firewallPolicy.id } } : {}),
      gatewayIPConfigurations: [],
      frontendIPConfigurations: [],
      backendAddressPools: [],
      httpListeners: [],
      requestRoutingRules: [],
    },
  });
}

/** A policy of the firewall of application gateways. */
export const addFirewallPolicy = (
  site: AzureSite,
  {
    name,
    tags = {},
    settings,
    ruleSets,
  }: {
    name: string;
    tags?: Tags;
    settings: { state: "Enabled" | "Disabled"; mode: "Prevention" | "Detection"; requestBodyCheck: boolean };
    ruleSets: [type: string, version: string][];
  },
): ArmResource =>
  addResource(site, "Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies", {
    name,
    tags,
    properties: {
      resourceState: "Enabled",
      policySettings: { maxRequestBodySizeInKb: 128, fileUploadLimitInMb: 100, ...settings },
      customRules: [],
      managedRules: {
        exclusions: [],
        managedRuleSets: ruleSets.map(([ruleSetType, ruleSetVersion]) => ({
          ruleSetType,
          ruleSetVersion,
          ruleGroupOverrides: [],
        })),
      },
    },
  });

export const addBastion = (site: AzureSite, name: string, networkId: string, tags: Tags = {}): ArmResource =>
  addResource(site, "Microsoft.Network/bastionHosts", {
    name,
    tags,
    sku: { name: "Standard" },
    properties: {
      dnsName: `bst-${site.random.uuid()}.bastion.azure.com`,
      scaleUnits: 2,
      ipConfigurations: [
        {
          name: "IpConf",
          id: `${armId(site, "Microsoft.Network/bastionHosts", name)}/bastionHostIpConfigurations/IpConf`,
          properties: {
            privateIPAllocationMethod: "Dynamic",
            subnet: { id: `${networkId}/subnets/AzureBastionSubnet` },
          },
        },
      ],
    },
  });
