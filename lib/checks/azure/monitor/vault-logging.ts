import { diagnosticSettingsPermission, sendsCategory } from "#lib/checks/azure/diagnostic-settings.ts";
import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const vaultLogging = defineCheck({
  id: "azure.monitor.vault-logging",
  title: "Key vault logs who uses what is in it",
  severity: "medium",
  resource: "azure.keyvault.vault",
  context: ["azure.monitor.vault-logging"],
  permissions: ["Microsoft.KeyVault/vaults/read", diagnosticSettingsPermission],
  risk: "Without its logs nobody can tell who read which secret or used which key. After a break-in, everything in the vault has to count as stolen.",
  remediation: {
    text: "Send the vault's audit logs to a Log Analytics workspace, a storage account or an event hub by a diagnostic setting.",
    url: "https://learn.microsoft.com/azure/key-vault/general/howto-logging",
    console: [
      "Open the key vault in the Azure portal; Diagnostic settings.",
      "Add diagnostic setting; check audit, or allLogs.",
      "Choose where to send them, and save.",
    ],
    cli: `az monitor diagnostic-settings create --name audit --resource {uid} --workspace WORKSPACE_ID --logs '[{"categoryGroup":"audit","enabled":true}]'`,
    terraform: `resource "azurerm_monitor_diagnostic_setting" "vault" {
  name                       = "audit"
  target_resource_id         = "{uid}"
  log_analytics_workspace_id = azurerm_log_analytics_workspace.security.id

  enabled_log { category_group = "audit" }
}`,
  },
  evaluate: (_vault, { resource, related }) => {
    const id = resource.uid.toLowerCase();
    const { items } = related.of("azure.monitor.vault-logging");
    const settings = items.find(({ config }) => config.vaultId.toLowerCase() === id)?.config.settings;
    if (!settings) return unknown("diagnostic settings of the vault");
    if (settings.some((setting) => sendsCategory(setting, "AuditEvent", ["audit"]))) return pass();
    const names = settings.map(({ name }) => name).join(", ");
    return fail(
      names === ""
        ? "No diagnostic setting sends the vault's audit logs."
        : `No diagnostic setting sends the vault's audit logs; there is ${names}.`,
    );
  },
});
