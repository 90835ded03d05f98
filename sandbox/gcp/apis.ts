import { apiKeysApi } from "./handlers/apikeys.ts";
import { bigQueryApi } from "./handlers/bigquery.ts";
import { cloudKmsApi } from "./handlers/cloudkms.ts";
import { resourceManagerApi } from "./handlers/cloudresourcemanager.ts";
import { computeApi } from "./handlers/compute.ts";
import { dataprocApi } from "./handlers/dataproc.ts";
import { dnsApi } from "./handlers/dns.ts";
import { essentialContactsApi } from "./handlers/essentialcontacts.ts";
import { iamApi } from "./handlers/iam.ts";
import { loggingApi } from "./handlers/logging.ts";
import { monitoringApi } from "./handlers/monitoring.ts";
import { serviceUsageApi } from "./handlers/serviceusage.ts";
import { sqlAdminApi } from "./handlers/sqladmin.ts";
import { storageApi } from "./handlers/storage.ts";
import type { GcpApi } from "./model.ts";

/** Every API that the sandbox speaks. */
export const gcpApis: readonly GcpApi[] = [
  apiKeysApi,
  bigQueryApi,
  cloudKmsApi,
  computeApi,
  dataprocApi,
  dnsApi,
  essentialContactsApi,
  iamApi,
  loggingApi,
  monitoringApi,
  resourceManagerApi,
  serviceUsageApi,
  sqlAdminApi,
  storageApi,
];
