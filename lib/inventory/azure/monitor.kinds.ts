/** Where a resource's logs go, and which of them. */
export type DiagnosticSetting = {
  name: string;
  /** ARM ids of storage accounts, Log Analytics workspaces, event hub rules and partner solutions. */
  destinations: string[];
  logs: DiagnosticLog[];
};

/** Either of `category` and `group` is given; the group `allLogs` stands for every category. */
export type DiagnosticLog = { category: string | null; group: string | null; enabled: boolean };

/** Met when the event's field is one of the values; letter case doesn't count. */
export type AlertMatch = { field: string; values: string[] };

/** Met when any of its matches is. */
export type AlertCondition = { anyOf: AlertMatch[] };

export interface AzureMonitorKinds {
  /** What watches the subscription as a whole. Uid: `<subscription>/providers/Microsoft.Insights`. */
  "azure.monitor.subscription": {
    /** Diagnostic settings of the activity log. */
    activityLogSettings?: DiagnosticSetting[];
  };
  "azure.monitor.activity-log-alert": {
    description: string | null;
    enabled?: boolean;
    /** Ids of the subscription, resource groups or resources whose events it looks at, with what lies below them. */
    scopes?: string[];
    /** All of them have to be met. */
    conditions?: AlertCondition[];
    actionGroupIds?: string[];
  };
  "azure.monitor.application-insights": {
    /** `web`, `java`, `other` and the like. */
    applicationType: string | null;
    workspaceId: string | null;
    ingestionMode: string | null;
  };
  /** The diagnostic settings of one key vault. Uid: `<vault>/providers/Microsoft.Insights/diagnosticSettings`. */
  "azure.monitor.vault-logging": {
    /** ARM id of the vault, as its own kind has it for uid. */
    vaultId: string;
    settings?: DiagnosticSetting[];
  };
}
