import type { DiagnosticSetting } from "./monitor.kinds.ts";

export interface AzureDatabricksKinds {
  "azure.databricks.workspace": {
    sku: string | null;
    url: string | null;
    /** The customer's own virtual network, which it was put into, with its two subnets; `null` when Databricks made one. */
    network?: { id: string; publicSubnet: string | null; privateSubnet: string | null } | null;
    /** Whether clusters go without public IP addresses (secure cluster connectivity). */
    noPublicIp?: boolean;
    publicNetworkAccess?: "Enabled" | "Disabled";
    /** Connections by private endpoint and what was decided on them, such as `Approved`. */
    privateEndpoints?: { id: string; status: string }[];
    diagnosticSettings?: DiagnosticSetting[];
  };
}
