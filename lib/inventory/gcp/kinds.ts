import type { StorageKinds } from "./storage.kinds.ts";

/** Every kind of Google Cloud. A service adds its kinds by extending this. */
export interface GcpKinds extends StorageKinds {}
