import type { PrivateEndpointConnection, Workspace } from "@azure/arm-databricks";
import { cut, readAndUnread, readPromised } from "../answers.ts";
import type { Resource } from "../model.ts";
import { armId, armResource } from "./arm.ts";
import { armListing } from "./arm-list.ts";
import type { AzureCollector, AzureContext } from "./collector.ts";
import { diagnosticSettingsRead, readDiagnosticSettings } from "./diagnostic-settings.ts";

const workspacesRead = "Microsoft.Databricks/workspaces/read";

/** Reads the Databricks workspaces of the subscription, and where each one's logs go. */
export const databricksWorkspaces: AzureCollector<"azure.databricks.workspace"> = {
  kind: "azure.databricks.workspace",
  cloud: "azure",
  service: "databricks",
  scope: "global",
  permissions: [workspacesRead, diagnosticSettingsRead],
  collect: (context) => {
    const list = context.clients.databricks.workspaces.listBySubscription({ abortSignal: context.signal });
    return context.each(armListing(workspacesRead, list), (workspace) =>
      describeWorkspace(context, workspace),
    );
  },
};

async function describeWorkspace(
  context: AzureContext,
  answer: Workspace,
): Promise<Resource<"azure.databricks.workspace">> {
  const resource = armResource(context, answer);
  const settings = await readDiagnosticSettings(context, resource.uid, resource.uid);
  const { read, unread } = await readPromised(context, resource.uid, workspacesRead, {
    network: networkOf(answer),
    noPublicIp: answer.parameters?.enableNoPublicIp?.value,
    publicNetworkAccess: accessOf(answer.publicNetworkAccess),
    privateEndpoints: endpointsOf(answer.privateEndpointConnections ?? []),
  });
  const { read: logged, unread: unlogged } = readAndUnread({ diagnosticSettings: settings ?? undefined });
  return {
    ...resource,
    kind: "azure.databricks.workspace",
    config: {
      sku: answer.sku?.name ? cut(answer.sku.name) : null,
      url: answer.workspaceUrl ? cut(answer.workspaceUrl) : null,
      ...read,
      ...logged,
    },
    unread: [...unread, ...unlogged],
  };
}

/** Workspaces from before there was such a switch don't have it, and are open; another word is not guessed at. */
function accessOf(word: string | undefined): "Enabled" | "Disabled" | undefined {
  if (word === undefined || word === null) return "Enabled";
  return word === "Enabled" || word === "Disabled" ? word : undefined;
}

function endpointsOf(
  connections: readonly PrivateEndpointConnection[],
): { id: string; status: string }[] | undefined {
  const endpoints = connections.map(({ properties }) => ({
    id: properties.privateEndpoint?.id,
    status: properties.privateLinkServiceConnectionState?.status,
  }));
  return endpoints.every(({ id, status }) => id && status)
    ? endpoints.map(({ id, status }) => ({ id: armId(id), status: cut(status ?? "") }))
    : undefined;
}

/** `undefined` when the answer leaves out the parameters among which a network would be named. */
function networkOf({
  parameters,
}: Workspace): { id: string; publicSubnet: string | null; privateSubnet: string | null } | null | undefined {
  // Azure answers null for a workspace that was made with none.
  if (parameters === undefined) return undefined;
  const id = parameters?.customVirtualNetworkId?.value;
  if (!id) return null;
  const subnet = (parameter: { value: string } | undefined) =>
    parameter?.value ? cut(parameter.value) : null;
  return {
    id: armId(id, "customVirtualNetworkId"),
    publicSubnet: subnet(parameters.customPublicSubnetName),
    privateSubnet: subnet(parameters.customPrivateSubnetName),
  };
}
