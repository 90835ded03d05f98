import type { CloudCall, Operation } from "../operation.ts";
import { auditConfigCalls } from "./audit-configs.ts";
import { backendCalls } from "./backend-calls.ts";
import { closeBucket } from "./close-bucket.ts";
import { closeDataset } from "./close-dataset.ts";
import { datasetCalls } from "./dataset-access.ts";
import { deleteDisabledKeys } from "./delete-disabled-keys.ts";
import { dnsCalls } from "./dns-calls.ts";
import { exportAllLogs } from "./export-all-logs.ts";
import { firewallCalls } from "./firewall-calls.ts";
import { iamCalls } from "./iam-calls.ts";
import { logDataAccess } from "./log-data-access.ts";
import { logDnsQueries } from "./log-dns-queries.ts";
import { logFlows } from "./log-flows.ts";
import { logRequests } from "./log-requests.ts";
import { logSessions } from "./log-sessions.ts";
import { metadataCalls } from "./metadata-calls.ts";
import { policyCalls } from "./policy-calls.ts";
import { requireOsLogin } from "./require-os-login.ts";
import { restrictFirewall } from "./restrict-firewall.ts";
import { restrictNetworkPolicies } from "./restrict-network-policies.ts";
import { rotateServiceAccountKey } from "./rotate-service-account-key.ts";
import { sinkCalls } from "./sink-calls.ts";
import { sqlCalls } from "./sql-calls.ts";
import { storageCalls } from "./storage-calls.ts";
import { subnetCalls } from "./subnet-calls.ts";

export const gcpOperations: readonly Operation[] = [
  restrictFirewall,
  restrictNetworkPolicies,
  closeBucket,
  closeDataset,
  logDataAccess,
  exportAllLogs,
  logFlows,
  logDnsQueries,
  logRequests,
  logSessions,
  requireOsLogin,
  rotateServiceAccountKey,
  deleteDisabledKeys,
];
export const gcpCalls: readonly CloudCall[] = [
  ...firewallCalls,
  ...policyCalls,
  ...storageCalls,
  ...datasetCalls,
  ...auditConfigCalls,
  ...sinkCalls,
  ...subnetCalls,
  ...dnsCalls,
  ...backendCalls,
  ...sqlCalls,
  ...metadataCalls,
  ...iamCalls,
];
