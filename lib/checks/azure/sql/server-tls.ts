import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const sqlServerTls = defineCheck({
  id: "azure.sql.server-tls",
  title: "SQL server accepts TLS 1.2 or newer alone",
  severity: "medium",
  resource: "azure.sql.server",
  permissions: ["Microsoft.Sql/servers/read"],
  risk: "Old versions of TLS, or none, let who sits on the path read queries, results and passwords. A client that falls back to them doesn't say so.",
  remediation: {
    text: "Set the minimal TLS version to 1.2, after making sure that all clients speak it.",
    url: "https://learn.microsoft.com/azure/azure-sql/database/connectivity-settings",
    console: [
      "Open the SQL server in the portal, then Security, Networking, Connectivity.",
      "Set Minimum TLS version to TLS 1.2.",
      "Save.",
    ],
    cli: "az sql server update --ids {uid} --minimal-tls-version 1.2",
    terraform: `resource "azurerm_mssql_server" "this" {
  name                          = "{name}"
  resource_group_name           = "GROUP"
  location                      = "{region}"
  version                       = "12.0"
  minimum_tls_version           = "1.2"
}`,
  },
  evaluate: ({ minimalTlsVersion }) => {
    if (minimalTlsVersion === undefined) return unknown("minimal TLS version");
    if (minimalTlsVersion === null || minimalTlsVersion === "None")
      return fail("No minimal TLS version is set.", "/minimalTlsVersion");
    if (!/^\d+\.\d+$/.test(minimalTlsVersion)) return unknown("minimal TLS version");
    return Number(minimalTlsVersion) < 1.2
      ? fail(`TLS ${minimalTlsVersion} is accepted.`, "/minimalTlsVersion")
      : pass();
  },
});
