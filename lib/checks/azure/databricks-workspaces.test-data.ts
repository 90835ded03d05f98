const subscription = "/subscriptions/0b1f6471-1bf0-4dda-aec3-cb9272f09590";

export const endpoint = `${subscription}/resourceGroups/data/providers/Microsoft.Network/privateEndpoints/databricks`;

export const network = {
  id: `${subscription}/resourceGroups/data/providers/Microsoft.Network/virtualNetworks/data`,
  publicSubnet: "databricks-public",
  privateSubnet: "databricks-private",
};

/** A workspace with nothing amiss. */
export const workspace = {
  sku: "premium",
  url: "adb-5555555555555555.19.azuredatabricks.net",
  network,
  noPublicIp: true,
  publicNetworkAccess: "Disabled" as const,
  privateEndpoints: [{ id: endpoint, status: "Approved" }],
  diagnosticSettings: [
    {
      name: "audit",
      destinations: [
        `${subscription}/resourceGroups/security/providers/Microsoft.OperationalInsights/workspaces/logs`,
      ],
      logs: [{ category: null, group: "allLogs", enabled: true }],
    },
  ],
};
