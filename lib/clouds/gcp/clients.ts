import type { apikeys_v2 } from "googleapis/build/src/apis/apikeys/v2.js";
import type { bigquery_v2 } from "googleapis/build/src/apis/bigquery/v2.js";
import type { cloudasset_v1 } from "googleapis/build/src/apis/cloudasset/v1.js";
import type { cloudkms_v1 } from "googleapis/build/src/apis/cloudkms/v1.js";
import type { cloudresourcemanager_v1 } from "googleapis/build/src/apis/cloudresourcemanager/v1.js";
import type { cloudresourcemanager_v3 } from "googleapis/build/src/apis/cloudresourcemanager/v3.js";
import type { compute_v1 } from "googleapis/build/src/apis/compute/v1.js";
import type { dataproc_v1 } from "googleapis/build/src/apis/dataproc/v1.js";
import type { dns_v1 } from "googleapis/build/src/apis/dns/v1.js";
import type { essentialcontacts_v1 } from "googleapis/build/src/apis/essentialcontacts/v1.js";
import type { iam_v1 } from "googleapis/build/src/apis/iam/v1.js";
import type { iamcredentials_v1 } from "googleapis/build/src/apis/iamcredentials/v1.js";
import type { logging_v2 } from "googleapis/build/src/apis/logging/v2.js";
import type { monitoring_v3 } from "googleapis/build/src/apis/monitoring/v3.js";
import type { serviceusage_v1 } from "googleapis/build/src/apis/serviceusage/v1.js";
import type { sqladmin_v1 } from "googleapis/build/src/apis/sqladmin/v1.js";
import type { storage_v1 } from "googleapis/build/src/apis/storage/v1.js";
import { once } from "../lazily.ts";
import type { GcpCaller } from "./calls.ts";
import { sdkAdapter } from "./sdk-adapter.ts";
import type { RefreshingToken } from "./tokens.ts";

/**
 * The SDK clients of one project, by API. Each loads its part of the SDK when first asked for, and all share their
 * project's token, sockets and limits.
 */
export type GcpClients = {
  apikeys(): Promise<apikeys_v2.Apikeys>;
  bigquery(): Promise<bigquery_v2.Bigquery>;
  cloudasset(): Promise<cloudasset_v1.Cloudasset>;
  cloudkms(): Promise<cloudkms_v1.Cloudkms>;
  /** Version 1: projects by id. */
  cloudresourcemanager(): Promise<cloudresourcemanager_v1.Cloudresourcemanager>;
  /** Version 3: folders, and what lies beneath them. */
  cloudresourcemanagerV3(): Promise<cloudresourcemanager_v3.Cloudresourcemanager>;
  compute(): Promise<compute_v1.Compute>;
  dataproc(): Promise<dataproc_v1.Dataproc>;
  dns(): Promise<dns_v1.Dns>;
  essentialcontacts(): Promise<essentialcontacts_v1.Essentialcontacts>;
  iam(): Promise<iam_v1.Iam>;
  iamcredentials(): Promise<iamcredentials_v1.Iamcredentials>;
  logging(): Promise<logging_v2.Logging>;
  monitoring(): Promise<monitoring_v3.Monitoring>;
  serviceusage(): Promise<serviceusage_v1.Serviceusage>;
  sqladmin(): Promise<sqladmin_v1.Sqladmin>;
  storage(): Promise<storage_v1.Storage>;
};

/** What clients need of the project's access. */
export type ClientBase = { caller: GcpCaller; token: RefreshingToken };

/** The clients that call through `base`. */
export function gcpClients({ caller, token }: ClientBase): GcpClients {
  const options = {
    adapter: sdkAdapter(caller, token),
    retry: false,
    // Named, so that the environment can't send calls to hosts of another universe.
    universeDomain: "googleapis.com",
  };
  // One API each: the SDK's own index would load three hundred.
  return {
    apikeys: once(
      async () => new (await import("googleapis/build/src/apis/apikeys/v2.js")).apikeys_v2.Apikeys(options),
    ),
    bigquery: once(
      async () =>
        new (await import("googleapis/build/src/apis/bigquery/v2.js")).bigquery_v2.Bigquery(options),
    ),
    cloudasset: once(
      async () =>
        new (await import("googleapis/build/src/apis/cloudasset/v1.js")).cloudasset_v1.Cloudasset(options),
    ),
    cloudkms: once(
      async () =>
        new (await import("googleapis/build/src/apis/cloudkms/v1.js")).cloudkms_v1.Cloudkms(options),
    ),
    cloudresourcemanager: once(async () => {
      const api = await import("googleapis/build/src/apis/cloudresourcemanager/v1.js");
      return new api.cloudresourcemanager_v1.Cloudresourcemanager(options);
    }),
    cloudresourcemanagerV3: once(async () => {
      const api = await import("googleapis/build/src/apis/cloudresourcemanager/v3.js");
      return new api.cloudresourcemanager_v3.Cloudresourcemanager(options);
    }),
    compute: once(
      async () => new (await import("googleapis/build/src/apis/compute/v1.js")).compute_v1.Compute(options),
    ),
    dataproc: once(
      async () =>
        new (await import("googleapis/build/src/apis/dataproc/v1.js")).dataproc_v1.Dataproc(options),
    ),
    dns: once(async () => new (await import("googleapis/build/src/apis/dns/v1.js")).dns_v1.Dns(options)),
    essentialcontacts: once(async () => {
      const api = await import("googleapis/build/src/apis/essentialcontacts/v1.js");
      return new api.essentialcontacts_v1.Essentialcontacts(options);
    }),
    iam: once(async () => new (await import("googleapis/build/src/apis/iam/v1.js")).iam_v1.Iam(options)),
    iamcredentials: once(async () => {
      const api = await import("googleapis/build/src/apis/iamcredentials/v1.js");
      return new api.iamcredentials_v1.Iamcredentials(options);
    }),
    logging: once(
      async () => new (await import("googleapis/build/src/apis/logging/v2.js")).logging_v2.Logging(options),
    ),
    monitoring: once(
      async () =>
        new (await import("googleapis/build/src/apis/monitoring/v3.js")).monitoring_v3.Monitoring(options),
    ),
    serviceusage: once(async () => {
      const api = await import("googleapis/build/src/apis/serviceusage/v1.js");
      return new api.serviceusage_v1.Serviceusage(options);
    }),
    sqladmin: once(
      async () =>
        new (await import("googleapis/build/src/apis/sqladmin/v1.js")).sqladmin_v1.Sqladmin(options),
    ),
    storage: once(
      async () => new (await import("googleapis/build/src/apis/storage/v1.js")).storage_v1.Storage(options),
    ),
  };
}
