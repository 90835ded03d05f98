import { testCheck } from "#lib/checks/test-check.ts";
import { virtualNetworkSubnetGroups } from "./virtual-network-subnet-groups.ts";

const subnet = (name: string, securityGroupId: string | null = null) => ({
  name,
  id: `/subnets/${name}`,
  prefixes: ["10.0.0.0/24"],
  securityGroupId,
  delegations: [],
});
const network = (...subnets: ReturnType<typeof subnet>[]) => ({
  config: { prefixes: ["10.0.0.0/16"], subnets, ddosPlanId: null, peeredWith: [] },
});

testCheck(virtualNetworkSubnetGroups, {
  pass: [
    network(),
    network(subnet("web", "/nsg/web"), subnet("GatewaySubnet"), subnet("AzureFirewallSubnet")),
    network(subnet("gatewaysubnet"), subnet("AzureFirewallManagementSubnet"), subnet("RouteServerSubnet")),
  ],
  fail: [
    [network(subnet("web", "/nsg/web"), subnet("data")), "Subnet data has no network security group."],
    [network(subnet("AzureBastionSubnet")), "Subnet AzureBastionSubnet has no network security group."],
    [
      network(subnet("a"), subnet("b"), subnet("c"), subnet("d")),
      "Subnets a, b, c and 1 more have no network security group.",
    ],
  ],
  unknown: [{ config: { prefixes: [], ddosPlanId: null, peeredWith: [] } }],
});
