import type { AnyCheck } from "../model.ts";
import { keyAge } from "./apikeys/key-age.ts";
import { keyApiRestrictions } from "./apikeys/key-api-restrictions.ts";
import { keyApplicationRestrictions } from "./apikeys/key-application-restrictions.ts";
import { keyEnabledApis } from "./apikeys/key-enabled-apis.ts";
import { noKeys } from "./apikeys/no-keys.ts";
import { datasetDefaultCmek } from "./bigquery/dataset-default-cmek.ts";
import { datasetPublicAccess } from "./bigquery/dataset-public-access.ts";
import { tableCmek } from "./bigquery/table-cmek.ts";
import { instanceBackups } from "./cloudsql/instance-backups.ts";
import { instanceDeletionProtection } from "./cloudsql/instance-deletion-protection.ts";
import { instanceIamAuthentication } from "./cloudsql/instance-iam-authentication.ts";
import { sqlInstancePublicIp } from "./cloudsql/instance-public-ip.ts";
import { instancePublicNetworks } from "./cloudsql/instance-public-networks.ts";
import { instanceTls } from "./cloudsql/instance-tls.ts";
import { mysqlLocalInfile } from "./cloudsql/mysql-local-infile.ts";
import { mysqlSkipShowDatabase } from "./cloudsql/mysql-skip-show-database.ts";
import { postgresLogConnections } from "./cloudsql/postgres-log-connections.ts";
import { postgresLogDisconnections } from "./cloudsql/postgres-log-disconnections.ts";
import { postgresLogErrorVerbosity } from "./cloudsql/postgres-log-error-verbosity.ts";
import { postgresLogMinDuration } from "./cloudsql/postgres-log-min-duration.ts";
import { postgresLogMinErrorStatement } from "./cloudsql/postgres-log-min-error-statement.ts";
import { postgresLogMinMessages } from "./cloudsql/postgres-log-min-messages.ts";
import { postgresLogStatement } from "./cloudsql/postgres-log-statement.ts";
import { postgresPgaudit } from "./cloudsql/postgres-pgaudit.ts";
import { sqlserverContainedAuthentication } from "./cloudsql/sqlserver-contained-authentication.ts";
import { sqlserverCrossDbOwnership } from "./cloudsql/sqlserver-cross-db-ownership.ts";
import { sqlserverExternalScripts } from "./cloudsql/sqlserver-external-scripts.ts";
import { sqlserverRemoteAccess } from "./cloudsql/sqlserver-remote-access.ts";
import { sqlserverTraceFlag3625 } from "./cloudsql/sqlserver-trace-flag-3625.ts";
import { sqlserverUserConnections } from "./cloudsql/sqlserver-user-connections.ts";
import { sqlserverUserOptions } from "./cloudsql/sqlserver-user-options.ts";
import { backendServiceLogging } from "./compute/backend-service-logging.ts";
import { diskCustomerKey } from "./compute/disk-customer-key.ts";
import { firewallAllPorts } from "./compute/firewall-all-ports.ts";
import { firewallRdp } from "./compute/firewall-rdp.ts";
import { firewallSsh } from "./compute/firewall-ssh.ts";
import { instanceConfidential } from "./compute/instance-confidential.ts";
import { instanceDefaultServiceAccount } from "./compute/instance-default-service-account.ts";
import { instanceFullApiAccess } from "./compute/instance-full-api-access.ts";
import { instanceIpForwarding } from "./compute/instance-ip-forwarding.ts";
import { instanceOsLogin } from "./compute/instance-os-login.ts";
import { instanceProjectSshKeys } from "./compute/instance-project-ssh-keys.ts";
import { instancePublicIp } from "./compute/instance-public-ip.ts";
import { instanceSerialPort } from "./compute/instance-serial-port.ts";
import { instanceShieldedVm } from "./compute/instance-shielded-vm.ts";
import { networkDnsLogging } from "./compute/network-dns-logging.ts";
import { networkLegacy } from "./compute/network-legacy.ts";
import { networkPolicyAllPorts } from "./compute/network-policy-all-ports.ts";
import { networkPolicyRdp } from "./compute/network-policy-rdp.ts";
import { networkPolicySsh } from "./compute/network-policy-ssh.ts";
import { projectDefaultNetwork } from "./compute/project-default-network.ts";
import { projectOsLogin } from "./compute/project-os-login.ts";
import { subnetFlowLogs } from "./compute/subnet-flow-logs.ts";
import { clusterCmek } from "./dataproc/cluster-cmek.ts";
import { zoneDnssec } from "./dns/zone-dnssec.ts";
import { zoneKeySigningAlgorithm } from "./dns/zone-key-signing-algorithm.ts";
import { zoneZoneSigningAlgorithm } from "./dns/zone-zone-signing-algorithm.ts";
import { projectContacts } from "./essentialcontacts/project-contacts.ts";
import { serviceAccountAdmin } from "./iam/service-account-admin.ts";
import { serviceAccountKeyAge } from "./iam/service-account-key-age.ts";
import { serviceAccountUserKeys } from "./iam/service-account-user-keys.ts";
import { keyPublicAccess } from "./kms/key-public-access.ts";
import { gcpKeyRotation } from "./kms/key-rotation.ts";
import { alertAuditConfigChanges } from "./logging/alert-audit-config-changes.ts";
import { alertBucketIamChanges } from "./logging/alert-bucket-iam-changes.ts";
import { alertCustomRoleChanges } from "./logging/alert-custom-role-changes.ts";
import { alertFirewallChanges } from "./logging/alert-firewall-changes.ts";
import { alertNetworkChanges } from "./logging/alert-network-changes.ts";
import { alertOwnershipChanges } from "./logging/alert-ownership-changes.ts";
import { alertRouteChanges } from "./logging/alert-route-changes.ts";
import { alertSqlInstanceChanges } from "./logging/alert-sql-instance-changes.ts";
import { allEntriesSink } from "./logging/all-entries-sink.ts";
import { sinkBucketRetentionLock } from "./logging/sink-bucket-retention-lock.ts";
import { projectAuditLogs } from "./resourcemanager/project-audit-logs.ts";
import { projectConsumerAccounts } from "./resourcemanager/project-consumer-accounts.ts";
import { projectForeignServiceAccountAdmin } from "./resourcemanager/project-foreign-service-account-admin.ts";
import { projectKmsDuties } from "./resourcemanager/project-kms-duties.ts";
import { projectServiceAccountDuties } from "./resourcemanager/project-service-account-duties.ts";
import { projectServiceAccountRoles } from "./resourcemanager/project-service-account-roles.ts";
import { assetInventory } from "./serviceusage/asset-inventory.ts";
import { gcpBucketPublicAccess } from "./storage/bucket-public-access.ts";
import { bucketUniformAccess } from "./storage/bucket-uniform-access.ts";

/** The checks of Google Cloud, in catalogue order. A check that isn't listed here doesn't run. */
export const gcpChecks: readonly AnyCheck[] = [
  keyAge,
  keyApiRestrictions,
  keyApplicationRestrictions,
  keyEnabledApis,
  noKeys,
  datasetDefaultCmek,
  datasetPublicAccess,
  tableCmek,
  instanceBackups,
  instanceDeletionProtection,
  instanceIamAuthentication,
  sqlInstancePublicIp,
  instancePublicNetworks,
  instanceTls,
  mysqlLocalInfile,
  mysqlSkipShowDatabase,
  postgresLogConnections,
  postgresLogDisconnections,
  postgresLogErrorVerbosity,
  postgresLogMinDuration,
  postgresLogMinErrorStatement,
  postgresLogMinMessages,
  postgresLogStatement,
  postgresPgaudit,
  sqlserverContainedAuthentication,
  sqlserverCrossDbOwnership,
  sqlserverExternalScripts,
  sqlserverRemoteAccess,
  sqlserverTraceFlag3625,
  sqlserverUserConnections,
  sqlserverUserOptions,
  backendServiceLogging,
  diskCustomerKey,
  firewallAllPorts,
  firewallRdp,
  firewallSsh,
  instanceConfidential,
  instanceDefaultServiceAccount,
  instanceFullApiAccess,
  instanceIpForwarding,
  instanceOsLogin,
  instanceProjectSshKeys,
  instancePublicIp,
  instanceSerialPort,
  instanceShieldedVm,
  networkDnsLogging,
  networkLegacy,
  networkPolicyAllPorts,
  networkPolicyRdp,
  networkPolicySsh,
  projectDefaultNetwork,
  projectOsLogin,
  subnetFlowLogs,
  clusterCmek,
  zoneDnssec,
  zoneKeySigningAlgorithm,
  zoneZoneSigningAlgorithm,
  projectContacts,
  serviceAccountAdmin,
  serviceAccountKeyAge,
  serviceAccountUserKeys,
  keyPublicAccess,
  gcpKeyRotation,
  alertAuditConfigChanges,
  alertBucketIamChanges,
  alertCustomRoleChanges,
  alertFirewallChanges,
  alertNetworkChanges,
  alertOwnershipChanges,
  alertRouteChanges,
  alertSqlInstanceChanges,
  allEntriesSink,
  sinkBucketRetentionLock,
  projectAuditLogs,
  projectConsumerAccounts,
  projectForeignServiceAccountAdmin,
  projectKmsDuties,
  projectServiceAccountDuties,
  projectServiceAccountRoles,
  assetInventory,
  gcpBucketPublicAccess,
  bucketUniformAccess,
];
