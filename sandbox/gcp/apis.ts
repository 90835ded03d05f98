import { bigQueryApi } from "./handlers/bigquery.ts";
import { cloudKmsApi } from "./handlers/cloudkms.ts";
import { resourceManagerApi } from "./handlers/cloudresourcemanager.ts";
import { computeApi } from "./handlers/compute.ts";
import { dataprocApi } from "./handlers/dataproc.ts";
import { dnsApi } from "./handlers/dns.ts";
import { sqlAdminApi } from "./handlers/sqladmin.ts";
import { storageApi } from "./handlers/storage.ts";
import type { GcpApi } from "./model.ts";

/** Every API that the sandbox speaks. */
export const gcpApis: readonly GcpApi[] = [
  bigQueryApi,
  cloudKmsApi,
  computeApi,
  dataprocApi,
  dnsApi,
  resourceManagerApi,
  sqlAdminApi,
  storageApi,
];
