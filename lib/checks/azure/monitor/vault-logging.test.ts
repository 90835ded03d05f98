import { testCheck } from "#lib/checks/test-check.ts";
import type { DiagnosticSetting } from "#lib/inventory/azure/monitor.kinds.ts";
import { vaultLogging } from "./vault-logging.ts";

const uid = "/subscriptions/s/resourceGroups/shop/providers/Microsoft.KeyVault/vaults/kv-shop";
const workspace =
  "/subscriptions/s/resourceGroups/logs/providers/Microsoft.OperationalInsights/workspaces/logs";
const setting = (
  category: string | null,
  group: string | null = null,
  enabled = true,
): DiagnosticSetting => ({
  name: "audit",
  destinations: [workspace],
  logs: [{ category, group, enabled }],
});
const vault = (settings: DiagnosticSetting[] | undefined, vaultId = uid) => ({
  uid,
  config: { sku: "standard", softDeleteDays: 90 },
  related: [{ kind: "azure.monitor.vault-logging" as const, config: { vaultId, settings } }],
});
const without = "No diagnostic setting sends the vault's audit logs";

testCheck(vaultLogging, {
  pass: [
    vault([setting("AuditEvent")]),
    vault([setting(null, "audit")]),
    vault([setting("AzurePolicyEvaluationDetails"), setting(null, "allLogs")]),
    vault([setting("AuditEvent")], uid.toUpperCase()),
  ],
  fail: [
    [vault([]), `${without}.`],
    [vault([setting("AzurePolicyEvaluationDetails")]), `${without}; there is audit.`],
    [vault([setting("AuditEvent", null, false)]), `${without}; there is audit.`],
    [vault([{ ...setting("AuditEvent"), destinations: [] }]), `${without}; there is audit.`],
  ],
  unknown: [
    vault(undefined),
    vault(
      [setting("AuditEvent")],
      "/subscriptions/s/resourceGroups/shop/providers/Microsoft.KeyVault/vaults/other",
    ),
    { ...vault([]), related: [] },
  ],
});
