import type { ApiKeysKinds } from "./apikeys.kinds.ts";
import type { BigQueryKinds } from "./bigquery.kinds.ts";
import type { CloudSqlKinds } from "./cloudsql.kinds.ts";
import type { ComputeKinds } from "./compute.kinds.ts";
import type { DataprocKinds } from "./dataproc.kinds.ts";
import type { DnsKinds } from "./dns.kinds.ts";
import type { EssentialContactsKinds } from "./essentialcontacts.kinds.ts";
import type { HierarchyKinds } from "./hierarchy.kinds.ts";
import type { IamKinds } from "./iam.kinds.ts";
import type { KmsKinds } from "./kms.kinds.ts";
import type { LoggingKinds } from "./logging.kinds.ts";
import type { MonitoringKinds } from "./monitoring.kinds.ts";
import type { ResourceManagerKinds } from "./resourcemanager.kinds.ts";
import type { ServiceUsageKinds } from "./serviceusage.kinds.ts";
import type { StorageKinds } from "./storage.kinds.ts";

/** Every kind of Google Cloud. A service adds its kinds by extending this. */
export interface GcpKinds
  extends ApiKeysKinds,
    BigQueryKinds,
    CloudSqlKinds,
    ComputeKinds,
    DataprocKinds,
    DnsKinds,
    EssentialContactsKinds,
    HierarchyKinds,
    IamKinds,
    KmsKinds,
    LoggingKinds,
    MonitoringKinds,
    ResourceManagerKinds,
    ServiceUsageKinds,
    StorageKinds {}
