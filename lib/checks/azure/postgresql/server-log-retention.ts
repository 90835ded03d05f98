import { parameterOf, pathOf } from "#lib/checks/azure/server-parameters.ts";
import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const postgresqlServerLogRetention = defineCheck({
  id: "azure.postgresql.server-log-retention",
  title: "PostgreSQL server keeps its log files for more than 3 days",
  severity: "low",
  resource: "azure.postgresql.server",
  permissions: ["Microsoft.DBforPostgreSQL/flexibleServers/configurations/read"],
  risk: "After a weekend the log of what happened on Friday is gone. Slow problems and quiet break-ins can then not be retraced.",
  remediation: {
    text: "Set logfiles.retention_days to 4 or more; 7 is the most, so send logs to Log Analytics for longer.",
    url: "https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-logging",
    console: [
      "Open the PostgreSQL flexible server in the portal, then Settings, Server parameters.",
      "Search for logfiles.retention_days and set it to 7.",
      "Save.",
    ],
    cli: "az postgres flexible-server parameter set --subscription {account} --resource-group GROUP --server-name {name} --name logfiles.retention_days --value 7",
    terraform: `resource "azurerm_postgresql_flexible_server_configuration" "this" {
  name      = "logfiles.retention_days"
  server_id = "{uid}"
  value     = "7"
}`,
  },
  evaluate: (server) => {
    const name = "logfiles.retention_days";
    const value = parameterOf(server, name);
    if (value === undefined || !/^\d+$/.test(value)) return unknown(`parameter ${name}`);
    if (Number(value) > 3) return pass();
    return fail(
      `Log files are kept for ${Number(value) === 1 ? "1 day" : `${Number(value)} days`}.`,
      pathOf(name),
    );
  },
});
