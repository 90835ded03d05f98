import type { AzureAppServiceKinds } from "./appservice.kinds.ts";
import type { AzureAuthorizationKinds } from "./authorization.kinds.ts";
import type { AzureComputeKinds } from "./compute.kinds.ts";
import type { AzureDatabaseKinds } from "./databases.kinds.ts";
import type { AzureDatabricksKinds } from "./databricks.kinds.ts";
import type { AzureDefenderKinds } from "./defender.kinds.ts";
import type { AzureEntraKinds } from "./entra.kinds.ts";
import type { AzureKeyVaultKinds } from "./keyvault.kinds.ts";
import type { AzureMonitorKinds } from "./monitor.kinds.ts";
import type { AzureNetworkKinds } from "./network.kinds.ts";
import type { AzureStorageKinds } from "./storage.kinds.ts";

/** Every kind of Azure. A service adds its kinds by extending this. */
export interface AzureKinds
  extends AzureNetworkKinds,
    AzureStorageKinds,
    AzureKeyVaultKinds,
    AzureMonitorKinds,
    AzureDefenderKinds,
    AzureAuthorizationKinds,
    AzureEntraKinds,
    AzureDatabricksKinds,
    AzureComputeKinds,
    AzureDatabaseKinds,
    AzureAppServiceKinds {}
