import { expect, it } from "vitest";
import { ListFailed } from "../answers.ts";
import { applicationGateways, wafPolicies } from "./network-application-gateways.ts";
import { flowLogs } from "./network-flow-logs.ts";
import { gateways } from "./network-gateways.ts";
import { interfaces, publicIps } from "./network-interfaces.ts";
import { networkRegions, networkSubscription, virtualNetworks } from "./network-virtual-networks.ts";
import { collect, idOf, refusal, subscription } from "./test-answers.ts";

const network = (name: string) => idOf(`Microsoft.Network/${name}`);
const list = (type: string) => `GET /subscriptions/${subscription}/providers/Microsoft.Network/${type}`;
const common = { account: subscription, region: "eastus", tags: {}, unread: [] };

const vnet = (name: string, properties: object = {}, location = "eastus") => ({
  name,
  id: network(`virtualNetworks/${name}`),
  type: "Microsoft.Network/virtualNetworks",
  location,
  properties: {
    provisioningState: "Succeeded",
    addressSpace: { addressPrefixes: ["10.0.0.0/8"] },
    dhcpOptions: { dnsServers: [] },
    subnets: [],
    virtualNetworkPeerings: [],
    enableDdosProtection: false,
    ...properties,
  },
});
const watcher = (name: string, location: string) => ({
  name,
  id: network(`networkWatchers/${name}`),
  etag: 'W/"00000000-0000-0000-0000-000000000000"',
  type: "Microsoft.Network/networkWatchers",
  location,
  properties: { provisioningState: "Succeeded", runningOperationIds: [] },
});

it("reads network interfaces", async () => {
  const answers = {
    value: [
      {
        name: "test-nic",
        id: network("networkInterfaces/test-nic"),
        location: "eastus",
        properties: {
          provisioningState: "Succeeded",
          ipConfigurations: [
            {
              name: "ipconfig1",
              id: network("networkInterfaces/test-nic/ipConfigurations/ipconfig1"),
              properties: {
                provisioningState: "Succeeded",
                privateIPAddress: "172.20.2.4",
                privateIPAllocationMethod: "Dynamic",
                publicIPAddress: { id: network("publicIPAddresses/test-ip") },
                subnet: { id: network("virtualNetworks/rg1-vnet2/subnets/default") },
                primary: true,
                privateIPAddressVersion: "IPv4",
              },
            },
          ],
          dnsSettings: {
            dnsServers: [],
            appliedDnsServers: [],
            internalDomainNameSuffix: "test.bx.internal.cloudapp.net",
          },
          macAddress: "00-0D-3A-1B-C7-21",
          enableAcceleratedNetworking: true,
          enableIPForwarding: true,
          networkSecurityGroup: { id: network("networkSecurityGroups/nsg") },
          primary: true,
          virtualMachine: { id: idOf("Microsoft.Compute/virtualMachines/vm1").replace("/rg/", "/RG/") },
        },
        type: "Microsoft.Network/networkInterfaces",
      },
      { name: "odd", id: network("networkInterfaces/odd"), location: "eastus", properties: {} },
    ],
  };
  const found = await collect(interfaces, { [list("networkInterfaces")]: answers });
  expect(found.resources).toEqual([
    {
      ...common,
      uid: network("networkInterfaces/odd"),
      kind: "azure.network.interface",
      name: "odd",
      config: { machineId: null, securityGroupId: null, privateIps: [], subnetIds: [], ipForwarding: false },
      unread: ["publicIpIds"],
    },
    {
      ...common,
      uid: network("networkInterfaces/test-nic"),
      kind: "azure.network.interface",
      name: "test-nic",
      config: {
        machineId: idOf("Microsoft.Compute/virtualMachines/vm1"),
        securityGroupId: network("networkSecurityGroups/nsg"),
        publicIpIds: [network("publicIPAddresses/test-ip")],
        privateIps: ["172.20.2.4"],
        subnetIds: [network("virtualNetworks/rg1-vnet2/subnets/default")],
        ipForwarding: true,
      },
    },
  ]);
  expect(found.gaps).toMatchObject([{ resourceUid: network("networkInterfaces/odd"), code: "malformed" }]);
});

it("reads public addresses, allocated or not", async () => {
  const answer = {
    value: [
      {
        name: "testDNS-ip",
        id: network("publicIPAddresses/testDNS-ip"),
        location: "eastus",
        sku: { name: "Standard", tier: "Regional" },
        properties: {
          provisioningState: "Succeeded",
          ipAddress: "203.0.113.7",
          publicIPAddressVersion: "IPv4",
          publicIPAllocationMethod: "Static",
          idleTimeoutInMinutes: 4,
          ddosSettings: { protectionMode: "VirtualNetworkInherited" },
          ipConfiguration: {
            id: network("loadBalancers/testLb/frontendIPConfigurations/LoadBalancerFrontEnd"),
          },
        },
      },
      {
        name: "idle",
        id: network("publicIPAddresses/idle"),
        location: "eastus",
        properties: {
          provisioningState: "Succeeded",
          publicIPAddressVersion: "IPv6",
          publicIPAllocationMethod: "Dynamic",
        },
      },
    ],
  };
  const found = await collect(publicIps, { [list("publicIPAddresses")]: answer });
  expect(found.resources.map(({ name, config }) => [name, config])).toEqual([
    ["idle", { address: null, version: "IPv6", sku: null, attachedTo: null, ddosProtection: null }],
    [
      "testDNS-ip",
      {
        address: "203.0.113.7",
        version: "IPv4",
        sku: "Standard",
        attachedTo: network("loadBalancers/testLb/frontendIPConfigurations/LoadBalancerFrontEnd"),
        ddosProtection: "VirtualNetworkInherited",
      },
    ],
  ]);
});

it("reads virtual networks with their subnets", async () => {
  const subnet = (name: string, properties: object) => ({
    id: network(`virtualNetworks/vnet1/subnets/${name}`),
    name,
    properties,
  });
  const planId = network("ddosProtectionPlans/plan");
  const found = await collect(virtualNetworks, {
    [list("virtualNetworks")]: {
      value: [
        vnet("vnet1", {
          enableDdosProtection: true,
          ddosProtectionPlan: { id: planId },
          virtualNetworkPeerings: [
            { name: "peer", properties: { remoteVirtualNetwork: { id: network("virtualNetworks/hub") } } },
          ],
          subnets: [
            subnet("one", {
              addressPrefix: "10.0.0.0/16",
              networkSecurityGroup: { id: network("networkSecurityGroups/nsg") },
            }),
            subnet("two", {
              addressPrefixes: ["10.1.0.0/16", "fd00::/64"],
              delegations: [{ name: "d", properties: { serviceName: "Microsoft.Sql/managedInstances" } }],
            }),
          ],
        }),
        vnet("vnet2", { enableDdosProtection: undefined }),
      ],
    },
  });
  expect(found.resources.map(({ config, unread }) => ({ config, unread }))).toEqual([
    {
      config: {
        prefixes: ["10.0.0.0/8"],
        subnets: [
          {
            name: "one",
            id: network("virtualNetworks/vnet1/subnets/one"),
            prefixes: ["10.0.0.0/16"],
            securityGroupId: network("networkSecurityGroups/nsg"),
            delegations: [],
          },
          {
            name: "two",
            id: network("virtualNetworks/vnet1/subnets/two"),
            prefixes: ["10.1.0.0/16", "fd00::/64"],
            securityGroupId: null,
            delegations: ["Microsoft.Sql/managedInstances"],
          },
        ],
        ddosProtection: true,
        ddosPlanId: planId,
        peeredWith: [network("virtualNetworks/hub")],
      },
      unread: [],
    },
    {
      config: { prefixes: ["10.0.0.0/8"], subnets: [], ddosPlanId: null, peeredWith: [] },
      unread: ["ddosProtection"],
    },
  ]);
});

it("finds the regions that have networks, and their watchers", async () => {
  const networks = { value: [vnet("a"), vnet("b", {}, "East US"), vnet("c", {}, "westus")] };
  const read = await collect(networkRegions, {
    [list("virtualNetworks")]: networks,
    [list("networkWatchers")]: {
      value: [watcher("NetworkWatcher_eastus", "eastus"), watcher("other", "northeurope")],
    },
  });
  const uid = (region: string) =>
    `/subscriptions/${subscription}/providers/Microsoft.Network/locations/${region}`;
  const region = (name: string, config: object) => ({
    ...common,
    uid: uid(name),
    kind: "azure.network.region",
    region: name,
    name,
    config,
  });
  expect(read).toMatchObject({ gaps: [], thrown: null });
  expect(read.resources).toEqual([
    region("eastus", {
      virtualNetworks: 2,
      watchers: [{ id: network("networkWatchers/NetworkWatcher_eastus"), state: "Succeeded" }],
    }),
    region("westus", { virtualNetworks: 1, watchers: [] }),
  ]);
  const refused = await collect(networkRegions, {
    [list("virtualNetworks")]: networks,
    [list("networkWatchers")]: refusal(403, "AuthorizationFailed"),
  });
  expect(refused.resources.map(({ config, unread }) => ({ config, unread }))).toEqual([
    { config: { virtualNetworks: 2 }, unread: ["watchers"] },
    { config: { virtualNetworks: 1 }, unread: ["watchers"] },
  ]);
  expect(refused.gaps).toMatchObject([
    { operation: "Microsoft.Network/networkWatchers/read", code: "denied" },
  ]);
});

it("reads what the subscription has one of", async () => {
  const answers = {
    [list("virtualNetworks")]: { value: [vnet("a"), vnet("b")] },
    [list("bastionHosts")]: {
      value: [
        {
          name: "bastion",
          id: network("bastionHosts/bastion"),
          location: "eastus",
          properties: { ipConfigurations: [] },
        },
      ],
    },
  };
  const resource = {
    ...common,
    uid: `/subscriptions/${subscription}/providers/Microsoft.Network`,
    kind: "azure.network.subscription",
    region: "global",
    name: subscription,
  };
  expect((await collect(networkSubscription, answers)).resources).toEqual([
    { ...resource, config: { virtualNetworks: 2, bastionIds: [network("bastionHosts/bastion")] } },
  ]);
  const refused = await collect(networkSubscription, {
    ...answers,
    [list("bastionHosts")]: refusal(403, "AuthorizationFailed"),
  });
  expect(refused.resources).toEqual([
    { ...resource, config: { virtualNetworks: 2 }, unread: ["bastionIds"] },
  ]);
});

it("reads flow logs by watcher", async () => {
  const log = (name: string, targetResourceId: string, properties: object = {}) => ({
    name,
    id: `${network("networkWatchers/nw1")}/FlowLogs/${name}`,
    etag: 'W/"00000000-0000-0000-0000-000000000000"',
    type: "Microsoft.Network/networkWatchers/FlowLogs",
    location: "centraluseuap",
    properties: {
      provisioningState: "Succeeded",
      targetResourceId,
      storageId: idOf("Microsoft.Storage/storageAccounts/wzstorage002"),
      enabled: true,
      flowAnalyticsConfiguration: {},
      retentionPolicy: { days: 0, enabled: false },
      format: { type: "JSON", version: 2 },
      ...properties,
    },
  });
  const workspaceResourceId = idOf("Microsoft.OperationalInsights/workspaces/logs");
  const below = (name: string) => `GET ${network(`networkWatchers/${name}`)}/flowLogs`;
  const answers = {
    [list("networkWatchers")]: { value: [watcher("nw1", "centraluseuap"), watcher("nw2", "eastus")] },
    [below("nw1")]: {
      value: [
        log("a", network("networkSecurityGroups/vm5-nsg"), {
          flowAnalyticsConfiguration: {
            networkWatcherFlowAnalyticsConfiguration: {
              enabled: false,
              workspaceId: "-",
              workspaceRegion: "-",
            },
          },
        }),
        log("b", network("virtualNetworks/vnet1"), {
          retentionPolicy: { days: 90, enabled: true },
          flowAnalyticsConfiguration: {
            networkWatcherFlowAnalyticsConfiguration: { enabled: true, workspaceResourceId },
          },
        }),
        log("c", network("virtualNetworks/vnet1/subnets/web"), {
          retentionPolicy: { days: 30, enabled: false },
          enabled: false,
        }),
        log("d", network("networkInterfaces/nic"), { retentionPolicy: { enabled: true } }),
      ],
    },
    [below("nw2")]: { value: [] },
  };
  const found = await collect(flowLogs, answers);
  const storageId = idOf("Microsoft.Storage/storageAccounts/wzstorage002");
  expect(
    found.resources.map(({ name, region, config, unread }) => ({ name, region, config, unread })),
  ).toEqual(
    [
      ["a", "security-group", "networkSecurityGroups/vm5-nsg", { enabled: true, retentionDays: 0 }, null],
      [
        "b",
        "virtual-network",
        "virtualNetworks/vnet1",
        { enabled: true, retentionDays: 90 },
        workspaceResourceId,
      ],
      ["c", "subnet", "virtualNetworks/vnet1/subnets/web", { enabled: false, retentionDays: 0 }, null],
      ["d", "interface", "networkInterfaces/nic", { enabled: true }, null],
    ].map(([name, target, targetId, read, workspaceId]) => ({
      name,
      region: "centraluseuap",
      config: { targetId: network(String(targetId)), target, ...Object(read), storageId, workspaceId },
      unread: name === "d" ? ["retentionDays"] : [],
    })),
  );
  const refused = await collect(flowLogs, {
    ...answers,
    [below("nw2")]: refusal(403, "AuthorizationFailed"),
  });
  expect(refused.resources).toHaveLength(4);
  expect(refused.thrown).toBeInstanceOf(ListFailed);
  expect(refused.thrown).toMatchObject({ operation: "Microsoft.Network/networkWatchers/flowLogs/read" });
});

it("reads gateways of those resource groups that have one", async () => {
  const gateway = (name: string, properties: object) => ({
    name,
    id: network(`virtualNetworkGateways/${name}`),
    location: "eastus",
    type: "Microsoft.Network/virtualNetworkGateways",
    properties: {
      provisioningState: "Succeeded",
      gatewayType: "Vpn",
      vpnType: "RouteBased",
      enableBgp: false,
      sku: { name: "VpnGw1", tier: "VpnGw1", capacity: 2 },
      ...properties,
    },
  });
  const client = {
    vpnClientAddressPool: { addressPrefixes: ["192.168.0.0/16"] },
    vpnClientProtocols: ["OpenVPN"],
    vpnAuthenticationTypes: ["Certificate", "AAD"],
    vpnClientRootCertificates: [],
    vpnClientRevokedCertificates: [],
  };
  const resources = `GET /subscriptions/${subscription}/resources`;
  const filters: (string | null)[] = [];
  const found = await collect(gateways, {
    [resources]: ({ query }) => {
      filters.push(query.get("$filter"));
      return {
        value: ["vpn", "vpn2"].map((name) => ({ id: network(`virtualNetworkGateways/${name}`), name })),
      };
    },
    [`GET /subscriptions/${subscription}/resourceGroups/rg/providers/Microsoft.Network/virtualNetworkGateways`]:
      {
        value: [
          gateway("vpn", { vpnClientConfiguration: client }),
          gateway("plain", {}),
          gateway("was", { vpnClientConfiguration: { ...client, vpnClientAddressPool: undefined } }),
          gateway("old", { vpnClientConfiguration: { ...client, vpnAuthenticationTypes: undefined } }),
          gateway("er", { gatewayType: "ExpressRoute" }),
        ],
      },
  });
  expect(filters).toEqual(["resourceType eq 'Microsoft.Network/virtualNetworkGateways'"]);
  expect(found.requests).toHaveLength(2);
  expect(found.resources.map(({ name, config }) => [name, config])).toEqual([
    ["er", { type: "ExpressRoute", sku: "VpnGw1", pointToSite: null }],
    ["old", { type: "Vpn", sku: "VpnGw1", pointToSite: { protocols: ["OpenVPN"] } }],
    ["plain", { type: "Vpn", sku: "VpnGw1", pointToSite: null }],
    [
      "vpn",
      {
        type: "Vpn",
        sku: "VpnGw1",
        pointToSite: { authentication: ["AAD", "Certificate"], protocols: ["OpenVPN"] },
      },
    ],
    ["was", { type: "Vpn", sku: "VpnGw1", pointToSite: null }],
  ]);
});

it("reads application gateways and firewall policies", async () => {
  const gateway = (name: string, properties: object) => ({
    name,
    id: network(`applicationGateways/${name}`),
    location: "eastus",
    type: "Microsoft.Network/applicationGateways",
    properties: {
      provisioningState: "Succeeded",
      sku: { name: "Standard_Medium", tier: "Standard", capacity: 3 },
      operationalState: "Running",
      httpListeners: [],
      ...properties,
    },
  });
  const policyId = network("ApplicationGatewayWebApplicationFirewallPolicies/Policy1");
  const found = await collect(applicationGateways, {
    [list("applicationGateways")]: {
      value: [
        gateway("a", { defaultPredefinedSslPolicy: "AppGwSslPolicy20150501" }),
        gateway("b", {
          sku: { name: "WAF_v2", tier: "WAF_v2" },
          enableHttp2: true,
          firewallPolicy: { id: policyId },
          sslPolicy: { policyType: "CustomV2", minProtocolVersion: "TLSv1_2", cipherSuites: [] },
          sslProfiles: [
            { name: "partners", properties: { sslPolicy: { disabledSslProtocols: ["TLSv1_1", "TLSv1_0"] } } },
            { name: "plain", properties: {} },
          ],
        }),
        gateway("c", {
          sku: undefined,
          enableHttp2: false,
          webApplicationFirewallConfiguration: {
            enabled: true,
            firewallMode: "Detection",
            ruleSetType: "OWASP",
            ruleSetVersion: "3.0",
          },
        }),
      ],
    },
  });
  const none = {
    http2: null,
    tlsPolicies: [],
    hasTlsPolicy: false,
    defaultTlsPolicy: null,
    firewall: null,
    firewallPolicyId: null,
  };
  const policy = { type: null, name: null, minVersion: null, disabledProtocols: [] };
  expect(found.resources.map(({ config, unread }) => ({ config, unread }))).toEqual([
    { config: { ...none, tier: "Standard", defaultTlsPolicy: "AppGwSslPolicy20150501" }, unread: [] },
    {
      config: {
        tier: "WAF_v2",
        http2: true,
        tlsPolicies: [
          { ...policy, of: "gateway", type: "CustomV2", minVersion: "TLSv1_2" },
          { ...policy, of: "profile partners", disabledProtocols: ["TLSv1_0", "TLSv1_1"] },
        ],
        hasTlsPolicy: true,
        defaultTlsPolicy: null,
        firewall: null,
        firewallPolicyId: policyId,
      },
      unread: [],
    },
    { config: { ...none, http2: false, firewall: { enabled: true } }, unread: ["tier"] },
  ]);

  const policies = await collect(wafPolicies, {
    [list("ApplicationGatewayWebApplicationFirewallPolicies")]: {
      value: [
        {
          name: "Policy1",
          id: policyId,
          location: "eastus",
          properties: {
            resourceState: "Enabled",
            policySettings: {
              state: "Enabled",
              mode: "Prevention",
              requestBodyCheck: true,
              maxRequestBodySizeInKb: 128,
            },
            customRules: [],
            applicationGateways: [{ id: network("applicationGateways/b") }],
            managedRules: {
              managedRuleSets: [
                {
                  ruleSetType: "OWASP",
                  ruleSetVersion: "3.0",
                  ruleGroupOverrides: [
                    {
                      ruleGroupName: "REQUEST-931",
                      rules: [
                        { ruleId: "931120", state: "Disabled" },
                        { ruleId: "931130", state: "Enabled" },
                      ],
                    },
                  ],
                },
                { ruleSetType: "Microsoft_BotManagerRuleSet", ruleSetVersion: "1.0" },
              ],
            },
          },
        },
        {
          name: "Policy2",
          id: `${policyId}2`,
          location: "eastus",
          properties: { policySettings: { state: "Disabled", mode: "Detection" } },
        },
        { name: "Policy3", id: `${policyId}3`, location: "eastus", properties: {} },
      ],
    },
  });
  expect(policies.resources.map(({ config, unread }) => ({ config, unread }))).toEqual([
    {
      config: {
        enabled: true,
        mode: "Prevention",
        bodyCheck: true,
        ruleSets: [
          { type: "OWASP", version: "3.0", disabledRules: 1 },
          { type: "Microsoft_BotManagerRuleSet", version: "1.0", disabledRules: 0 },
        ],
        gatewayIds: [network("applicationGateways/b")],
      },
      unread: [],
    },
    { config: { enabled: false, mode: "Detection", gatewayIds: [] }, unread: ["bodyCheck", "ruleSets"] },
    { config: { gatewayIds: [] }, unread: ["enabled", "mode", "bodyCheck", "ruleSets"] },
  ]);
});
