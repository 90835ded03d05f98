import type { AzureNetworkKinds } from "./network.kinds.ts";

/** Every kind of Azure. A service adds its kinds by extending this. */
export interface AzureKinds extends AzureNetworkKinds {}
