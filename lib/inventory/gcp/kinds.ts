import type { CloudSqlKinds } from "./cloudsql.kinds.ts";
import type { ComputeKinds } from "./compute.kinds.ts";
import type { DnsKinds } from "./dns.kinds.ts";
import type { StorageKinds } from "./storage.kinds.ts";

/** Every kind of Google Cloud. A service adds its kinds by extending this. */
export interface GcpKinds extends CloudSqlKinds, ComputeKinds, DnsKinds, StorageKinds {}
