import { type ArmResource, type ArmType, AzureError } from "#sandbox/azure/model.ts";

/** Azure Monitor: diagnostic settings, activity log alerts, whom they tell, and where logs are kept. */
export const monitorTypes: readonly ArmType[] = [
  {
    type: "Microsoft.Insights/DiagnosticSettings",
    apiVersions: ["2017-05-01-preview", "2021-05-01-preview"],
    isExtension: true,
    madeStatus: 200,
    write: writeSetting,
  },
  { type: "Microsoft.Insights/ActivityLogAlerts", write: writeAlert },
  { type: "Microsoft.Insights/ActionGroups" },
  { type: "Microsoft.Insights/Components" },
  { type: "Microsoft.OperationalInsights/workspaces" },
];

const destinations = [
  "storageAccountId",
  "workspaceId",
  "eventHubAuthorizationRuleId",
  "marketplacePartnerId",
  "serviceBusRuleId",
];

function writeSetting(next: ArmResource): ArmResource {
  const { properties } = next;
  if (!destinations.some((name) => properties[name])) {
    throw new AzureError(400, "BadRequest", "At least one data sink needs to be specified.");
  }
  return { ...next, properties: { logs: [], metrics: [], ...properties } };
}

function writeAlert(next: ArmResource): ArmResource {
  const { scopes, condition } = next.properties;
  if (!Array.isArray(scopes) || scopes.length === 0 || !condition) {
    throw new AzureError(400, "BadRequest", "The alert rule needs scopes and a condition.");
  }
  return {
    location: "Global",
    ...next,
    properties: { enabled: true, actions: { actionGroups: [] }, ...next.properties },
  };
}
