import type { ArmResource, ArmType } from "#sandbox/azure/model.ts";

/** Databricks workspaces. */
export const databricksTypes: readonly ArmType[] = [
  { type: "Microsoft.Databricks/workspaces", write: writeWorkspace },
];

function writeWorkspace(next: ArmResource): ArmResource {
  const { parameters } = next.properties;
  return {
    sku: { name: "premium" },
    ...next,
    properties: {
      publicNetworkAccess: "Enabled",
      requiredNsgRules: "AllRules",
      privateEndpointConnections: [],
      ...next.properties,
      parameters: {
        enableNoPublicIp: { type: "Bool", value: true },
        ...(isObject(parameters) ? parameters : {}),
      },
    },
  };
}

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;
