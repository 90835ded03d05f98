import { parameterOf, pathOf } from "#lib/checks/azure/server-parameters.ts";
import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const mysqlServerTlsVersion = defineCheck({
  id: "azure.mysql.server-tls-version",
  title: "MySQL server accepts TLS 1.2 or newer alone",
  severity: "medium",
  resource: "azure.mysql.server",
  permissions: ["Microsoft.DBforMySQL/flexibleServers/configurations/read"],
  risk: "TLS 1.0 and 1.1 rest on broken ciphers and hashes. Who sits on the path can force a client down to them and read what is sent.",
  remediation: {
    text: "Set tls_version to TLSv1.2 and newer versions alone.",
    url: "https://learn.microsoft.com/azure/mysql/flexible-server/how-to-connect-tls-ssl",
    console: [
      "Open the MySQL flexible server in the portal, then Settings, Server parameters.",
      "Search for tls_version and set it to TLSv1.2,TLSv1.3.",
      "Save.",
    ],
    cli: "az mysql flexible-server parameter set --subscription {account} --resource-group GROUP --server-name {name} --name tls_version --value TLSv1.2,TLSv1.3",
    terraform: `resource "azurerm_mysql_flexible_server_configuration" "this" {
  name                = "tls_version"
  resource_group_name = "GROUP"
  server_name         = "{name}"
  value               = "TLSv1.2,TLSv1.3"
}`,
  },
  evaluate: (server) => {
    const versions = parameterOf(server, "tls_version")
      ?.split(",")
      .map((version) => version.trim());
    if (!versions?.length || !versions.every((version) => /^TLSv1(\.[0-3])?$/.test(version)))
      return unknown("parameter tls_version");
    const old = versions.filter((version) => /^TLSv1(\.[01])?$/.test(version));
    return old.length ? fail(`The server accepts ${old.join(" and ")}.`, pathOf("tls_version")) : pass();
  },
});
