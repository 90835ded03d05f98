import {
  addActionGroup,
  addActivityLogAlert,
  addApplicationInsights,
  addDiagnosticSetting,
  addLogWorkspace,
} from "#sandbox/estates/build/azure/monitor.ts";
import { inGroup } from "#sandbox/estates/build/azure/site.ts";
import type { AcmeAzureSite } from "../../acme-azure.ts";
import { tagsOf } from "../company.ts";

/** What the security team wants to hear of, by what it calls the alert. */
const watched: Record<string, string> = {
  "policy-assignment-write": "Microsoft.Authorization/policyAssignments/write",
  "policy-assignment-delete": "Microsoft.Authorization/policyAssignments/delete",
  "network-security-group-write": "Microsoft.Network/networkSecurityGroups/write",
  "network-security-group-delete": "Microsoft.Network/networkSecurityGroups/delete",
  "security-solution-write": "Microsoft.Security/securitySolutions/write",
  "security-solution-delete": "Microsoft.Security/securitySolutions/delete",
  "sql-firewall-rule-write": "Microsoft.Sql/servers/firewallRules/write",
  "sql-firewall-rule-delete": "Microsoft.Sql/servers/firewallRules/delete",
  "public-ip-write": "Microsoft.Network/publicIPAddresses/write",
  "public-ip-delete": "Microsoft.Network/publicIPAddresses/delete",
};

/** Who watches the subscriptions. Comes after the vaults: it says where their logs go. */
export function addMonitoring(site: AcmeAzureSite): void {
  if (site.environment === "production") addSecurityMonitoring(site);
  else addAnalystsMonitoring(site);
}

/** Set up by the security team from its template. */
function addSecurityMonitoring(site: AcmeAzureSite): void {
  const { environment, subscription } = site;
  const tags = tagsOf(environment, "identity");
  const group = inGroup(site, "rg-monitoring-prod", "westeurope", tags);
  const audit = inGroup(site, "rg-audit-prod", "northeurope", tags);
  const workspaceId = addLogWorkspace(audit, "log-acme-security", tags);
  addDiagnosticSetting(site, `/subscriptions/${subscription.id}`, {
    name: "activity-log-to-security",
    workspaceId,
    categories: ["Administrative", "Security", "Alert", "Policy", "ServiceHealth"],
  });
  const onDuty = addActionGroup(group, "ag-on-duty", ["on-duty@acme.example"], tags);
  for (const [name, operationName] of Object.entries(watched)) {
    addActivityLogAlert(group, {
      name,
      conditions: { category: "Administrative", operationName },
      actionGroupIds: [onDuty],
      tags,
    });
  }
  addActivityLogAlert(group, {
    name: "service-issues",
    conditions: {
      category: "ServiceHealth",
      "properties.incidentType": "Incident",
      "properties.impactedServices[*].ImpactedRegions[*].RegionName": [
        "West Europe",
        "North Europe",
        "Global",
      ],
    },
    actionGroupIds: [onDuty],
    tags,
  });
  addApplicationInsights(group, "appi-shop", workspaceId, tagsOf(environment, "checkout"));
  addApplicationInsights(group, "appi-merchant-portal", workspaceId, tagsOf(environment, "merchants"));
  // The vaults that the template made log their use; the old one was never part of it.
  for (const { id, name } of subscription.tree.ofType("Microsoft.KeyVault/vaults")) {
    if (name === "payouts-secrets") continue;
    addDiagnosticSetting(site, id, { name: "audit", workspaceId, groups: ["audit", "allLogs"] });
  }
}

/** Tried out by the analysts, and left half done. */
function addAnalystsMonitoring(site: AcmeAzureSite): void {
  const { environment, subscription } = site;
  const tags = tagsOf(environment, "data");
  const group = inGroup(site, "rg-monitoring-staging", "germanywestcentral", tags);
  const analysts = addActionGroup(group, "ag-analysts", ["mei.tanaka@acme.example"], tags);
  const below = (name: string) => `/subscriptions/${subscription.id}/resourceGroups/${name}`;
  // Switched off during the migration, when it fired all day.
  addActivityLogAlert(group, {
    name: "nsg-changes",
    enabled: false,
    conditions: { category: "Administrative", operationName: watched["network-security-group-write"] ?? "" },
    actionGroupIds: [analysts],
    tags,
  });
  // For the lake's resource group alone.
  addActivityLogAlert(group, {
    name: "lake-firewall-opened",
    scopes: [below("rg-lake-staging")],
    conditions: { category: "Administrative", operationName: watched["sql-firewall-rule-write"] ?? "" },
    actionGroupIds: [analysts],
    tags,
  });
  // Tells of what failed, and so of nothing that was opened.
  addActivityLogAlert(group, {
    name: "failed-public-ips",
    conditions: {
      category: "Administrative",
      operationName: watched["public-ip-write"] ?? "",
      status: "Failed",
    },
    actionGroupIds: [analysts],
    tags,
  });
  // Its action group was deleted with the contractor's account.
  addActivityLogAlert(group, {
    name: "policy-removed",
    conditions: { category: "Administrative", operationName: watched["policy-assignment-delete"] ?? "" },
    actionGroupIds: [],
    tags,
  });
  addActivityLogAlert(group, {
    name: "planned-maintenance",
    conditions: { category: "ServiceHealth", "properties.incidentType": "Maintenance" },
    actionGroupIds: [analysts],
    tags,
  });
}
