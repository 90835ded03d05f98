import { type ArmCall, type ArmResource, type ArmType, AzureError } from "#sandbox/azure/model.ts";

/** The plans of Defender for Cloud. All exist in every subscription, and are off until they are written. */
export const defenderPlanNames = [
  "VirtualMachines",
  "SqlServers",
  "AppServices",
  "StorageAccounts",
  "SqlServerVirtualMachines",
  "KeyVaults",
  "Arm",
  "OpenSourceRelationalDatabases",
  "CosmosDbs",
  "Containers",
  "CloudPosture",
  "Api",
  "AI",
];

const settingKinds: Record<string, string> = {
  MCAS: "DataExportSettings",
  WDATP: "DataExportSettings",
  WDATP_EXCLUDE_LINUX_PUBLIC_PREVIEW: "DataExportSettings",
  WDATP_UNIFIED_SOLUTION: "DataExportSettings",
  Sentinel: "AlertSyncSettings",
};

/** Microsoft Defender for Cloud, as far as it is set up per subscription. */
export const securityTypes: readonly ArmType[] = [
  existing("Microsoft.Security/pricings", defenderPlanNames, () => ({
    properties: {
      pricingTier: "Free",
      freeTrialRemainingTime: "P30D",
      enforce: "False",
      resourcesCoverageStatus: "NotCovered",
    },
  })),
  existing("Microsoft.Security/settings", Object.keys(settingKinds), (name) => ({
    kind: settingKinds[name],
    properties: { enabled: false },
  })),
  { type: "Microsoft.Security/securityContacts", write: writeContact },
];

/** A type whose resources exist, with defaults, without being made. */
function existing(
  type: string,
  names: readonly string[],
  defaults: (name: string) => { properties: Record<string, unknown>; [field: string]: unknown },
): ArmType {
  const find = ({ subscription }: ArmCall, name: string): ArmResource => {
    const id = `/subscriptions/${subscription.id}/providers/${type}/${name}`;
    return subscription.tree.get(id) ?? { id, name, type, ...defaults(name) };
  };
  return {
    type,
    pageSize: 100,
    list: (call) => names.map((name) => find(call, name)),
    get: (call) => {
      const wanted = call.path.names[0]?.toLowerCase();
      const name = names.find((one) => one.toLowerCase() === wanted);
      return name === undefined ? null : find(call, name);
    },
    write: (next, previous) => ({
      ...next,
      ...(previous?.kind ? { kind: previous.kind } : {}),
      properties: { ...previous?.properties, ...next.properties },
    }),
  };
}

function writeContact(next: ArmResource): ArmResource {
  if (next.name !== "default") {
    throw new AzureError(400, "InvalidSecurityContactName", "The only security contact is 'default'.");
  }
  return { ...next, properties: { isEnabled: true, ...next.properties } };
}
