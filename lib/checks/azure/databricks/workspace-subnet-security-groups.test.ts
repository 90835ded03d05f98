import { network, workspace } from "#lib/checks/azure/databricks-workspaces.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { workspaceSubnetSecurityGroups } from "./workspace-subnet-security-groups.ts";

const subnet = (name: string, securityGroupId: string | null = "/nsg") => ({
  name,
  id: `${network.id}/subnets/${name}`,
  prefixes: ["10.4.0.0/24"],
  securityGroupId,
  delegations: ["Microsoft.Databricks/workspaces"],
});
const vnet = (uid: string, ...subnets: ReturnType<typeof subnet>[]) => ({
  kind: "azure.network.virtual-network" as const,
  uid,
  config: { prefixes: ["10.4.0.0/16"], subnets, ddosProtection: false, ddosPlanId: null, peeredWith: [] },
});
const both = [subnet("databricks-public"), subnet("databricks-private")];
const guarded = vnet(network.id, ...both);

testCheck(workspaceSubnetSecurityGroups, {
  pass: [
    { config: workspace, related: [vnet("/other", subnet("databricks-public", null)), guarded] },
    { config: workspace, related: [vnet(network.id.toUpperCase(), ...both)] },
    { config: workspace, related: [guarded], incomplete: ["azure.network.virtual-network"] },
    { config: { ...workspace, network: null } },
  ],
  fail: [
    [
      {
        config: workspace,
        related: [vnet(network.id, subnet("databricks-public"), subnet("databricks-private", null))],
      },
      "Subnet databricks-private has no network security group.",
    ],
    [
      { config: workspace, related: [vnet(network.id, subnet("databricks-public", null))] },
      "Subnet databricks-public has no network security group.",
    ],
  ],
  unknown: [
    { config: { ...workspace, network: undefined } },
    { config: workspace },
    { config: workspace, related: [vnet(network.id, subnet("databricks-public"))] },
    { config: workspace, related: [{ ...guarded, config: { ...guarded.config, subnets: undefined } }] },
    { config: { ...workspace, network: { ...network, privateSubnet: null } }, related: [guarded] },
  ],
});
