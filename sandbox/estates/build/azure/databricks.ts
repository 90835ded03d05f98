import type { ArmResource } from "#sandbox/azure/model.ts";
import type { Tags } from "../site.ts";
import { type AzureSite, addResource, armId } from "./site.ts";

export type NewWorkspace = {
  name: string;
  tags?: Tags;
  sku?: "standard" | "premium" | "trial";
  /** The virtual network and its two subnets; Databricks makes one when left out. */
  network?: { id: string; publicSubnet: string; privateSubnet: string };
  noPublicIp: boolean;
  publicNetworkAccess: "Enabled" | "Disabled";
  /** What was decided on the connection of its private endpoint; none when left out. */
  privateEndpoint?: "Approved" | "Pending" | "Rejected";
};

const text = (value: string) => ({ type: "String", value });

export function addWorkspace(site: AzureSite, workspace: NewWorkspace): ArmResource {
  const { name, tags = {}, sku = "premium", network, noPublicIp, publicNetworkAccess } = workspace;
  const id = armId(site, "Microsoft.Databricks/workspaces", name);
  const number = String(site.random.int(9_000_000_000) + 1_000_000_000);
  const status = workspace.privateEndpoint;
  return addResource(site, "Microsoft.Databricks/workspaces", {
    name,
    tags,
    sku: { name: sku },
    properties: {
      managedResourceGroupId: `/subscriptions/${site.subscription.id}/resourceGroups/databricks-rg-${name}`,
      workspaceId: number,
      workspaceUrl: `adb-${number}.${Number(number) % 20}.azuredatabricks.net`,
      publicNetworkAccess,
      requiredNsgRules: publicNetworkAccess === "Disabled" ? "NoAzureDatabricksRules" : "AllRules",
      parameters: {
        enableNoPublicIp: { type: "Bool", value: noPublicIp },
        requireInfrastructureEncryption: { type: "Bool", value: false },
        ...(network
          ? {
              customVirtualNetworkId: text(network.id),
              customPublicSubnetName: text(network.publicSubnet),
              customPrivateSubnetName: text(network.privateSubnet),
            }
          : {}),
      },
      privateEndpointConnections: status ? [connection(site, id, name, status)] : [],
    },
  });
}

const connection = (site: AzureSite, workspaceId: string, name: string, status: string) => ({
  id: `${workspaceId}/privateEndpointConnections/pe-${name}`,
  name: `pe-${name}`,
  type: "Microsoft.Databricks/workspaces/privateEndpointConnections",
  properties: {
    privateEndpoint: { id: armId(site, "Microsoft.Network/privateEndpoints", `pe-${name}`) },
    groupIds: ["databricks_ui_api"],
    privateLinkServiceConnectionState: { status, description: "", actionsRequired: "None" },
    provisioningState: "Succeeded",
  },
});
