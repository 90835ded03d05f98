import { defenderPlanNames } from "#sandbox/azure/types/security.ts";
import { addToSubscription } from "#sandbox/estates/build/azure/site.ts";
import type { AcmeAzureSite } from "../../acme-azure.ts";

const subPlans: Record<string, string> = { VirtualMachines: "P2", StorageAccounts: "DefenderForStorageV2" };
const extensions: Record<string, string[]> = {
  VirtualMachines: ["MdeDesignatedSubscription", "AgentlessVmScanning", "FileIntegrityMonitoring"],
  StorageAccounts: ["OnUploadMalwareScanning", "SensitiveDataDiscovery"],
  CloudPosture: ["AgentlessVmScanning", "SensitiveDataDiscovery"],
};

/** Production pays for Defender for Cloud; staging has what came with the subscription. */
export function addDefender(site: AcmeAzureSite): void {
  if (site.environment === "production") addGuardedSubscription(site);
  else addForgottenContact(site);
}

function addGuardedSubscription(site: AcmeAzureSite): void {
  for (const name of defenderPlanNames) {
    addToSubscription(site, `providers/Microsoft.Security/pricings/${name}`, {
      properties: {
        pricingTier: "Standard",
        ...(subPlans[name] ? { subPlan: subPlans[name] } : {}),
        freeTrialRemainingTime: "PT0S",
        enablementTime: "2024-03-04T09:12:00Z",
        enforce: "False",
        resourcesCoverageStatus: "FullyCovered",
        extensions: (extensions[name] ?? []).map((extension) => ({ name: extension, isEnabled: "True" })),
      },
    });
  }
  for (const name of ["WDATP", "MCAS"]) {
    addToSubscription(site, `providers/Microsoft.Security/settings/${name}`, {
      kind: "DataExportSettings",
      properties: { enabled: true },
    });
  }
  addContact(site, {
    isEnabled: true,
    emails: "security@acme.example;on-duty@acme.example",
    phone: "+49 30 5550 100",
    notificationsByRole: { state: "On", roles: ["Owner"] },
    notificationsSources: [
      { sourceType: "Alert", minimalSeverity: "Medium" },
      { sourceType: "AttackPath", minimalRiskLevel: "High" },
    ],
  });
}

/** Its one address was that of a contractor; when he left, it was taken out and nothing put in its place. */
function addForgottenContact(site: AcmeAzureSite): void {
  addContact(site, {
    isEnabled: true,
    emails: "",
    phone: "",
    notificationsByRole: { state: "Off", roles: ["Owner"] },
    notificationsSources: [],
  });
}

const addContact = (site: AcmeAzureSite, properties: Record<string, unknown>) =>
  addToSubscription(site, "providers/Microsoft.Security/securityContacts/default", { properties });
