import type { Kind } from "../model.ts";
import { apiKeys } from "./apikeys.ts";
import { datasets, tables } from "./bigquery.ts";
import { sqlInstances } from "./cloudsql.ts";
import type { GcpCollector } from "./collector.ts";
import { disks } from "./compute-disks.ts";
import { firewalls } from "./compute-firewalls.ts";
import { computeProject, instances } from "./compute-instances.ts";
import { backendServices } from "./compute-load-balancing.ts";
import { networks } from "./compute-networks.ts";
import { subnets } from "./compute-subnets.ts";
import { clusters } from "./dataproc.ts";
import { dnsPolicies, zones } from "./dns.ts";
import { essentialContacts } from "./essentialcontacts.ts";
import { ancestors } from "./hierarchy.ts";
import { serviceAccounts } from "./iam.ts";
import { keys } from "./kms.ts";
import { metrics, sinks } from "./logging.ts";
import { alertPolicies } from "./monitoring.ts";
import { projects } from "./resourcemanager.ts";
import { serviceUsage } from "./serviceusage.ts";
import { buckets } from "./storage.ts";

type GcpKind = Extract<Kind, `gcp.${string}`>;

/** The collector of every Google Cloud kind: a kind without one doesn't compile. */
const byKind: { [K in GcpKind]: GcpCollector<K> } = {
  "gcp.storage.bucket": buckets,
  "gcp.kms.key": keys,
  "gcp.bigquery.dataset": datasets,
  "gcp.bigquery.table": tables,
  "gcp.dataproc.cluster": clusters,
  "gcp.compute.project": computeProject,
  "gcp.compute.instance": instances,
  "gcp.compute.disk": disks,
  "gcp.compute.network": networks,
  "gcp.compute.subnet": subnets,
  "gcp.compute.firewall": firewalls,
  "gcp.compute.backend-service": backendServices,
  "gcp.dns.zone": zones,
  "gcp.dns.policy": dnsPolicies,
  "gcp.cloudsql.instance": sqlInstances,
  "gcp.apikeys.key": apiKeys,
  "gcp.essentialcontacts.project": essentialContacts,
  "gcp.hierarchy.ancestor": ancestors,
  "gcp.iam.service-account": serviceAccounts,
  "gcp.logging.metric": metrics,
  "gcp.logging.sink": sinks,
  "gcp.monitoring.alert-policy": alertPolicies,
  "gcp.resourcemanager.project": projects,
  "gcp.serviceusage.project": serviceUsage,
};

export const gcpCollectors: readonly GcpCollector[] = Object.values(byKind);
