import type { PlaybookPart } from "../playbook-part.ts";

const activityLog = ["azure.monitor.activity-log-export", "azure.monitor.activity-log-categories"];
const retention = [
  "azure.network.flow-log-retention-network",
  "azure.network.flow-log-retention-security-group",
];
const postgres = [
  "azure.postgresql.server-log-checkpoints",
  "azure.postgresql.server-log-connections",
  "azure.postgresql.server-log-disconnections",
  "azure.postgresql.server-log-retention",
];
const mysql = ["azure.mysql.server-audit-log", "azure.mysql.server-audit-log-connections"];

/** What ENABLE-LOGGING does on Azure. */
export const azureLogging: PlaybookPart = {
  fixes: [
    ...activityLog,
    "azure.monitor.vault-logging",
    "azure.databricks.workspace-logging",
    "azure.sql.server-auditing",
    "azure.network.virtual-network-flow-logs",
    ...retention,
    ...postgres,
    ...mysql,
  ],
  parameters: {
    azureLogDestination: {
      title: "Where Azure's logs go",
      help: "The ARM id of a Log Analytics workspace or storage account, for the activity log, key vaults, Databricks and SQL servers: /subscriptions/…/providers/Microsoft.OperationalInsights/workspaces/logs.",
      type: "text",
      maxLength: 400,
      optional: true,
    },
    azureFlowStorage: {
      title: "Storage account of Azure's flow logs",
      help: "The ARM id of a storage account in the virtual network's region; for networks that have no flow log yet.",
      type: "text",
      maxLength: 400,
      optional: true,
    },
    azureFlowDays: {
      title: "Days that Azure's flow logs are kept",
      help: "At least 90.",
      type: "number",
      default: 90,
      min: 90,
      max: 365,
    },
  },
  actions: [
    {
      id: "azure-activity-log",
      title: "Send the activity log to where it is kept",
      kind: "azure",
      operation: "azure.monitor.export-activity-log",
      with: { destination: { $parameter: "azureLogDestination" } },
      when: { checks: activityLog },
      timeoutSeconds: 120,
    },
    {
      id: "azure-vault-logs",
      title: "Send the key vault's audit logs to where they are kept",
      kind: "azure",
      operation: "azure.monitor.log-vault",
      with: { destination: { $parameter: "azureLogDestination" } },
      when: { checks: ["azure.monitor.vault-logging"] },
      timeoutSeconds: 120,
    },
    {
      id: "azure-databricks-logs",
      title: "Send the Databricks workspace's logs to where they are kept",
      kind: "azure",
      operation: "azure.databricks.log-workspace",
      with: { destination: { $parameter: "azureLogDestination" } },
      when: { checks: ["azure.databricks.workspace-logging"] },
      timeoutSeconds: 120,
    },
    {
      id: "azure-sql-logs",
      title: "Send the SQL server's audit records to where they are kept",
      kind: "azure",
      operation: "azure.sql.log-audit",
      with: { destination: { $parameter: "azureLogDestination" } },
      when: { checks: ["azure.sql.server-auditing"] },
      timeoutSeconds: 120,
    },
    {
      id: "azure-sql-auditing",
      title: "Switch the SQL server's auditing on",
      kind: "azure",
      operation: "azure.sql.audit-server",
      when: { checks: ["azure.sql.server-auditing"] },
      timeoutSeconds: 300,
    },
    {
      id: "azure-record-traffic",
      title: "Record the network's traffic",
      kind: "azure",
      operation: "azure.network.record-traffic",
      with: { storage: { $parameter: "azureFlowStorage" }, days: { $parameter: "azureFlowDays" } },
      when: { checks: ["azure.network.virtual-network-flow-logs"] },
      timeoutSeconds: 300,
    },
    {
      id: "azure-keep-traffic",
      title: "Keep the flow log's records for longer",
      kind: "azure",
      operation: "azure.network.keep-traffic",
      with: { days: { $parameter: "azureFlowDays" } },
      when: { checks: retention },
      timeoutSeconds: 300,
    },
    {
      id: "azure-log-postgres",
      title: "Log sessions and checkpoints",
      kind: "azure",
      operation: "azure.postgresql.log-sessions",
      when: { checks: postgres },
      timeoutSeconds: 600,
    },
    {
      id: "azure-audit-mysql",
      title: "Write an audit log of connections",
      kind: "azure",
      operation: "azure.mysql.audit-connections",
      when: { checks: mysql },
      timeoutSeconds: 600,
    },
  ],
  irreversible: [],
  leftToPeople: [
    "Choose where Azure's logs go, who may read them there, and for how long they are kept.",
    "Send the logs of databases on by diagnostic settings of their own, and switch on Network Watcher where it is off.",
  ],
};
