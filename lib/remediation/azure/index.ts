import type { CloudCall, Operation } from "../operation.ts";
import { applicationSecretCalls } from "./application-secret-calls.ts";
import { addApplicationSecret, removeOldSecrets } from "./application-secrets.ts";
import { closeContainers } from "./close-containers.ts";
import { databaseLogCalls } from "./database-log-calls.ts";
import { auditMysql, logPostgres } from "./database-logs.ts";
import { diagnosticCalls } from "./diagnostic-calls.ts";
import { entraCalls } from "./entra-calls.ts";
import { exportActivityLog, logDatabricks, logSqlServer, logVault } from "./export-logs.ts";
import { flowLogCalls } from "./flow-log-calls.ts";
import { keepTraffic, recordTraffic } from "./flow-logs.ts";
import { nsgCalls } from "./nsg-calls.ts";
import { enableSecurityDefaults, requireMfa } from "./require-mfa.ts";
import { restrictInbound } from "./restrict-inbound.ts";
import { auditSqlServer, sqlAuditingCalls } from "./sql-auditing.ts";
import { storageCalls } from "./storage-calls.ts";
import { forbidPublicBlobs, regenerateKey1, regenerateKey2, setKeyReminder } from "./storage-operations.ts";

export const azureOperations: readonly Operation[] = [
  restrictInbound,
  closeContainers,
  forbidPublicBlobs,
  setKeyReminder,
  regenerateKey1,
  regenerateKey2,
  exportActivityLog,
  logVault,
  logDatabricks,
  logSqlServer,
  auditSqlServer,
  recordTraffic,
  keepTraffic,
  logPostgres,
  auditMysql,
  enableSecurityDefaults,
  requireMfa,
  addApplicationSecret,
  removeOldSecrets,
];
export const azureCalls: readonly CloudCall[] = [
  ...nsgCalls,
  ...storageCalls,
  ...diagnosticCalls,
  ...flowLogCalls,
  ...databaseLogCalls,
  ...sqlAuditingCalls,
  ...entraCalls,
  ...applicationSecretCalls,
];
