import type { ArmResource } from "#sandbox/azure/model.ts";
import type { Tags } from "../site.ts";
import { type AzureSite, addChild, addResource } from "./site.ts";

export type NewDiagnosticSetting = {
  name: string;
  /** ARM ids; one of them at least. */
  workspaceId?: string;
  storageAccountId?: string;
  categories?: string[];
  /** Such as `allLogs` or `audit`. */
  groups?: string[];
};

/** A diagnostic setting of a resource, or, with the subscription's id, of its activity log. */
export const addDiagnosticSetting = (
  site: Pick<AzureSite, "subscription">,
  resourceId: string,
  { name, workspaceId, storageAccountId, categories = [], groups = [] }: NewDiagnosticSetting,
): ArmResource => {
  const retentionPolicy = { enabled: false, days: 0 };
  return addChild(site, resourceId, `providers/Microsoft.Insights/diagnosticSettings/${name}`, {
    properties: {
      ...(workspaceId ? { workspaceId } : {}),
      ...(storageAccountId ? { storageAccountId } : {}),
      logs: [
        ...categories.map((category) => ({ category, enabled: true, retentionPolicy })),
        ...groups.map((categoryGroup) => ({ categoryGroup, enabled: true, retentionPolicy })),
      ],
      metrics: [],
    },
  });
};

export type NewActivityLogAlert = {
  name: string;
  description?: string;
  enabled?: boolean;
  /** The whole subscription when left out. */
  scopes?: string[];
  /** Conditions that all have to be met, by field. */
  conditions: Record<string, string | string[]>;
  actionGroupIds: string[];
  tags?: Tags;
};

export function addActivityLogAlert(site: AzureSite, alert: NewActivityLogAlert): ArmResource {
  const { name, description = "", enabled = true, conditions, actionGroupIds, tags = {} } = alert;
  return addResource(site, "Microsoft.Insights/activityLogAlerts", {
    name,
    location: "Global",
    tags,
    properties: {
      description,
      enabled,
      scopes: alert.scopes ?? [`/subscriptions/${site.subscription.id}`],
      condition: {
        allOf: Object.entries(conditions).map(([field, value]) =>
          typeof value === "string" ? { field, equals: value } : { field, containsAny: value },
        ),
      },
      actions: {
        actionGroups: actionGroupIds.map((actionGroupId) => ({ actionGroupId, webhookProperties: {} })),
      },
    },
  });
}

/** A group of people who are told by mail. Returns its id. */
export const addActionGroup = (site: AzureSite, name: string, emails: string[], tags: Tags = {}): string =>
  addResource(site, "Microsoft.Insights/actionGroups", {
    name,
    location: "Global",
    tags,
    properties: {
      groupShortName: name.slice(0, 12),
      enabled: true,
      emailReceivers: emails.map((emailAddress) => ({
        name: emailAddress,
        emailAddress,
        useCommonAlertSchema: true,
        status: "Enabled",
      })),
    },
  }).id;

/** A Log Analytics workspace. Returns its id. */
export const addLogWorkspace = (site: AzureSite, name: string, tags: Tags = {}): string =>
  addResource(site, "Microsoft.OperationalInsights/workspaces", {
    name,
    tags,
    properties: { sku: { name: "PerGB2018" }, retentionInDays: 90 },
  }).id;

/** Application Insights of one application. */
export const addApplicationInsights = (
  site: AzureSite,
  name: string,
  workspaceId: string,
  tags: Tags = {},
): ArmResource =>
  addResource(site, "Microsoft.Insights/components", {
    name,
    kind: "web",
    tags,
    properties: {
      ApplicationId: name,
      Application_Type: "web",
      Flow_Type: "Bluefield",
      WorkspaceResourceId: workspaceId,
      IngestionMode: "LogAnalytics",
      DisableIpMasking: false,
    },
  });
