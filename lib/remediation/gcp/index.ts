import type { CloudCall, Operation } from "../operation.ts";
import { auditConfigCalls } from "./audit-configs.ts";
import { closeBucket } from "./close-bucket.ts";
import { dnsCalls } from "./dns-calls.ts";
import { exportAllLogs } from "./export-all-logs.ts";
import { firewallCalls } from "./firewall-calls.ts";
import { logDataAccess } from "./log-data-access.ts";
import { logDnsQueries } from "./log-dns-queries.ts";
import { logFlows } from "./log-flows.ts";
import { restrictFirewall } from "./restrict-firewall.ts";
import { sinkCalls } from "./sink-calls.ts";
import { storageCalls } from "./storage-calls.ts";
import { subnetCalls } from "./subnet-calls.ts";

export const gcpOperations: readonly Operation[] = [
  restrictFirewall,
  closeBucket,
  logDataAccess,
  exportAllLogs,
  logFlows,
  logDnsQueries,
];
export const gcpCalls: readonly CloudCall[] = [
  ...firewallCalls,
  ...storageCalls,
  ...auditConfigCalls,
  ...sinkCalls,
  ...subnetCalls,
  ...dnsCalls,
];
