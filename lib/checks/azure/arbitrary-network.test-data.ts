import fc from "fast-check";
import {
  type Arbitraries,
  boolean,
  constantFrom,
  list,
  nullable,
  text,
} from "#lib/checks/arbitrary-basics.test-data.ts";
import type { AzureNetworkKinds } from "#lib/inventory/azure/network.kinds.ts";

/** The uid that the fuzz test gives the `n`th resource of a kind; the one that is judged is number 0. */
export const uidOf = (kind: string, n: number) => `arn:aws:test:eu-west-1:111122223333:${kind}/${n}`;

const rule = fc
  .record({
    priority: constantFrom(100, 110, 120, 200, 300),
    access: constantFrom("allow" as const, "allow" as const, "deny" as const),
    protocol: constantFrom("*", "tcp", "udp", "icmp"),
    sources: fc.array(
      constantFrom(
        "*",
        "Internet",
        "0.0.0.0/0",
        "::/0",
        "0.0.0.0/1",
        "128.0.0.0/1",
        "10.0.0.0/8",
        "VirtualNetwork",
      ),
      { minLength: 1, maxLength: 2 },
    ),
    sourcePorts: constantFrom<string[][]>(["*"], ["1024-65535"]),
    destinations: constantFrom<string[][]>(["*"], ["VirtualNetwork"], ["10.0.0.0/24"]),
    destinationPorts: fc.array(constantFrom("*", "22", "80", "443", "3389", "53", "1-1023", "1024-65535"), {
      minLength: 1,
      maxLength: 2,
    }),
  })
  .map((one) => ({
    ...one,
    name: `rule-${one.priority}`,
    sourceGroups: [],
    destinationGroups: [],
    isDefault: false,
  }));

const networkId = (n: number) => uidOf("azure.network.virtual-network", n);
const subnet = fc.record({
  name: constantFrom("web", "data", "GatewaySubnet", "AzureBastionSubnet"),
  id: constantFrom(`${networkId(0)}/subnets/web`, `${networkId(0)}/subnets/data`),
  prefixes: list(text),
  securityGroupId: nullable(constantFrom("/nsg/1", "/nsg/2")),
  delegations: list(text),
});
const policyId = (n: number) => uidOf("azure.network.waf-policy", n);

export const networkConfigs: Arbitraries<keyof AzureNetworkKinds> = {
  "azure.network.security-group": {
    whole: fc.record({
      inbound: list(rule, 4),
      outbound: list(rule, 1),
      subnetIds: list(text),
      interfaceIds: list(text),
    }),
    optional: ["inbound", "outbound"],
  },
  "azure.network.interface": {
    whole: fc.record({
      machineId: nullable(text),
      securityGroupId: nullable(text),
      publicIpIds: list(text, 1),
      privateIps: list(text),
      subnetIds: list(text),
      ipForwarding: boolean(),
    }),
    optional: ["publicIpIds"],
  },
  "azure.network.public-ip": {
    whole: fc.record({
      address: nullable(text),
      version: constantFrom("IPv4" as const, "IPv6" as const),
      sku: nullable(text),
      attachedTo: nullable(text),
      ddosProtection: nullable(constantFrom("Enabled", "Disabled", "VirtualNetworkInherited")),
    }),
    optional: [],
  },
  "azure.network.virtual-network": {
    whole: fc.record({
      prefixes: list(text),
      subnets: list(subnet, 2),
      ddosProtection: boolean(),
      ddosPlanId: nullable(text),
      peeredWith: list(text),
    }),
    optional: ["subnets", "ddosProtection"],
  },
  "azure.network.flow-log": {
    whole: fc.record({
      targetId: constantFrom(
        networkId(0),
        `${networkId(0)}/subnets/web`,
        `${networkId(0)}/subnets/data`,
        "/nsg/1",
        "/nsg/2",
      ),
      target: constantFrom(
        "virtual-network" as const,
        "security-group" as const,
        "subnet" as const,
        "interface" as const,
      ),
      enabled: boolean(),
      retentionDays: constantFrom(0, 30, 90, 365),
      storageId: nullable(text),
      workspaceId: nullable(text),
    }),
    optional: ["enabled", "retentionDays"],
  },
  "azure.network.region": {
    whole: fc.record({
      virtualNetworks: fc.integer({ min: 1, max: 9 }),
      watchers: list(fc.record({ id: text, state: constantFrom("Succeeded", "Failed") }), 1),
    }),
    optional: ["watchers"],
  },
  "azure.network.subscription": {
    whole: fc.record({ virtualNetworks: fc.nat(2), bastionIds: list(text, 1) }),
    optional: ["virtualNetworks", "bastionIds"],
  },
  "azure.network.gateway": {
    whole: fc.record({
      type: constantFrom("Vpn" as const, "ExpressRoute" as const),
      sku: nullable(text),
      pointToSite: nullable(
        fc.record({
          authentication: fc.subarray(["AAD", "Certificate", "Radius"], { minLength: 1 }),
          protocols: list(text),
        }),
      ),
    }),
    optional: [],
  },
  "azure.network.application-gateway": {
    whole: fc.record({
      tier: constantFrom("WAF_v2", "Standard_v2"),
      http2: nullable(boolean()),
      tlsPolicies: list(
        fc.record({
          of: constantFrom("gateway", "profile api"),
          type: constantFrom("Predefined" as const, "CustomV2" as const, null),
          name: constantFrom("AppGwSslPolicy20150501", "AppGwSslPolicy20220101S", null),
          minVersion: constantFrom("TLSv1_0", "TLSv1_2", null),
          disabledProtocols: list(constantFrom("TLSv1_0", "TLSv1_1")),
        }),
        2,
      ),
      hasTlsPolicy: boolean(),
      defaultTlsPolicy: constantFrom("AppGwSslPolicy20150501", "AppGwSslPolicy20220101", null),
      firewall: nullable(fc.record({ enabled: boolean() })),
      firewallPolicyId: constantFrom(policyId(1), policyId(2), null),
    }),
    optional: ["tier", "http2"],
  },
  "azure.network.waf-policy": {
    whole: fc.record({
      enabled: boolean(),
      mode: constantFrom("Prevention" as const, "Detection" as const),
      bodyCheck: boolean(),
      ruleSets: list(
        fc.record({
          type: constantFrom("OWASP", "Microsoft_BotManagerRuleSet", "Microsoft_DefaultRuleSet"),
          version: text,
          disabledRules: fc.nat(3),
        }),
      ),
      gatewayIds: list(text),
    }),
    optional: ["enabled", "mode", "bodyCheck", "ruleSets"],
  },
};
