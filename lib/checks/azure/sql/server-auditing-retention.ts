import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const sqlServerAuditingRetention = defineCheck({
  id: "azure.sql.server-auditing-retention",
  title: "SQL server's audit log is kept for more than 90 days",
  severity: "low",
  resource: "azure.sql.server",
  permissions: ["Microsoft.Sql/servers/read", "Microsoft.Sql/servers/auditingSettings/read"],
  risk: "Break-ins are often noticed only months later. Records that are gone by then can't tell what was taken.",
  remediation: {
    text: "Set the retention to more than 90 days, or to 0 to keep records without a limit.",
    url: "https://learn.microsoft.com/azure/azure-sql/database/auditing-setup",
    console: [
      "Open the SQL server in the portal, then Security, Auditing.",
      "Under Storage, open Advanced properties.",
      "Set Retention (days) to more than 90, then Save.",
    ],
    cli: "az sql server audit-policy update --ids {uid} --state Enabled --blob-storage-target-state Enabled --storage-account ACCOUNT --retention-days 180",
    terraform: `resource "azurerm_mssql_server_extended_auditing_policy" "this" {
  server_id         = "{uid}"
  enabled           = true
  storage_endpoint  = azurerm_storage_account.audit.primary_blob_endpoint
  retention_in_days = 180
}`,
  },
  evaluate: ({ auditing }) => {
    if (!auditing) return unknown("auditing");
    if (!auditing.enabled) return fail("Auditing is off.", "/auditing/enabled");
    const { storage, retentionDays } = auditing;
    // How long Azure Monitor keeps records is set there.
    if (!storage || retentionDays === 0 || retentionDays > 90) return pass();
    return fail(
      `Records are deleted after ${retentionDays === 1 ? "1 day" : `${retentionDays} days`}.`,
      "/auditing/retentionDays",
    );
  },
});
