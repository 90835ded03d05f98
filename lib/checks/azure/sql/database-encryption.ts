import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const sqlDatabaseEncryption = defineCheck({
  id: "azure.sql.database-encryption",
  title: "SQL database is encrypted at rest (TDE)",
  severity: "high",
  resource: "azure.sql.database",
  permissions: [
    "Microsoft.Sql/servers/databases/read",
    "Microsoft.Sql/servers/databases/transparentDataEncryption/read",
  ],
  risk: "Whoever gets at the files or a backup reads the data. Azure encrypts new databases by itself, so somebody switched it off.",
  remediation: {
    text: "Switch transparent data encryption on; the database stays in use meanwhile.",
    url: "https://learn.microsoft.com/azure/azure-sql/database/transparent-data-encryption-tde-overview",
    console: [
      "Open the SQL database in the portal, then Security, Data encryption.",
      "Switch Data encryption on.",
      "Save.",
    ],
    cli: "az sql db tde set --subscription {account} --resource-group GROUP --server SERVER --database {name} --status Enabled",
    terraform: `resource "azurerm_mssql_database" "this" {
  name                                = "{name}"
  server_id                           = azurerm_mssql_server.this.id
  transparent_data_encryption_enabled = true
}`,
  },
  evaluate: ({ encrypted }) => {
    if (encrypted === undefined) return unknown("transparent data encryption");
    return encrypted ? pass() : fail("Transparent data encryption is off.", "/encrypted");
  },
});
