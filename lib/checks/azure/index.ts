import type { AnyCheck } from "../model.ts";
import { appFtps } from "./appservice/app-ftps.ts";
import { appHttp2 } from "./appservice/app-http2.ts";
import { appHttpsOnly } from "./appservice/app-https-only.ts";
import { appIdentity } from "./appservice/app-identity.ts";
import { appRemoteDebugging } from "./appservice/app-remote-debugging.ts";
import { appTls } from "./appservice/app-tls.ts";
import { customAdministratorRole } from "./authorization/custom-administrator-role.ts";
import { ownerCount } from "./authorization/owner-count.ts";
import { userAccessAdministrator } from "./authorization/user-access-administrator.ts";
import { diskCustomerKey } from "./compute/disk-customer-key.ts";
import { diskPublicAccess } from "./compute/disk-public-access.ts";
import { diskUnattached } from "./compute/disk-unattached.ts";
import { virtualMachineEncryption } from "./compute/virtual-machine-encryption.ts";
import { virtualMachineManagedDisks } from "./compute/virtual-machine-managed-disks.ts";
import { virtualMachinePublicIp } from "./compute/virtual-machine-public-ip.ts";
import { virtualMachineSshKeys } from "./compute/virtual-machine-ssh-keys.ts";
import { virtualMachineTrustedLaunch } from "./compute/virtual-machine-trusted-launch.ts";
import { virtualMachineUpdateAssessment } from "./compute/virtual-machine-update-assessment.ts";
import { workspaceLogging } from "./databricks/workspace-logging.ts";
import { workspaceNoPublicIp } from "./databricks/workspace-no-public-ip.ts";
import { workspaceOwnNetwork } from "./databricks/workspace-own-network.ts";
import { workspacePrivateEndpoint } from "./databricks/workspace-private-endpoint.ts";
import { workspacePublicAccess } from "./databricks/workspace-public-access.ts";
import { workspaceSubnetSecurityGroups } from "./databricks/workspace-subnet-security-groups.ts";
import { agentlessScanning } from "./defender/agentless-scanning.ts";
import { alertMails } from "./defender/alert-mails.ts";
import { alertsToOwners } from "./defender/alerts-to-owners.ts";
import { apisPlan } from "./defender/apis-plan.ts";
import { appServicePlan } from "./defender/app-service-plan.ts";
import { attackPathMails } from "./defender/attack-path-mails.ts";
import { contactEmail } from "./defender/contact-email.ts";
import { containersPlan } from "./defender/containers-plan.ts";
import { cosmosDbPlan } from "./defender/cosmos-db-plan.ts";
import { cspmPlan } from "./defender/cspm-plan.ts";
import { endpointIntegration } from "./defender/endpoint-integration.ts";
import { fileIntegrity } from "./defender/file-integrity.ts";
import { keyVaultPlan } from "./defender/key-vault-plan.ts";
import { openSourceDatabasesPlan } from "./defender/open-source-databases-plan.ts";
import { resourceManagerPlan } from "./defender/resource-manager-plan.ts";
import { serversPlan } from "./defender/servers-plan.ts";
import { sqlDatabasesPlan } from "./defender/sql-databases-plan.ts";
import { sqlServersOnMachinesPlan } from "./defender/sql-servers-on-machines-plan.ts";
import { storagePlan } from "./defender/storage-plan.ts";
import { applicationSecretAge } from "./entra/application-secret-age.ts";
import { guestAccess } from "./entra/guest-access.ts";
import { guestInvitations } from "./entra/guest-invitations.ts";
import { mfaRequired } from "./entra/mfa-required.ts";
import { privilegedUserMfa } from "./entra/privileged-user-mfa.ts";
import { securityDefaults } from "./entra/security-defaults.ts";
import { userMfa } from "./entra/user-mfa.ts";
import { certificateValidity } from "./keyvault/certificate-validity.ts";
import { keyExpiration } from "./keyvault/key-expiration.ts";
import { keyRotation } from "./keyvault/key-rotation.ts";
import { secretExpiration } from "./keyvault/secret-expiration.ts";
import { vaultDefaultDeny } from "./keyvault/vault-default-deny.ts";
import { vaultPrivateEndpoint } from "./keyvault/vault-private-endpoint.ts";
import { vaultPublicNetwork } from "./keyvault/vault-public-network.ts";
import { vaultPurgeProtection } from "./keyvault/vault-purge-protection.ts";
import { vaultRbac } from "./keyvault/vault-rbac.ts";
import { activityLogCategories } from "./monitor/activity-log-categories.ts";
import { activityLogExport } from "./monitor/activity-log-export.ts";
import { alertNetworkSecurityGroupDelete } from "./monitor/alert-network-security-group-delete.ts";
import { alertNetworkSecurityGroupWrite } from "./monitor/alert-network-security-group-write.ts";
import { alertPolicyAssignmentDelete } from "./monitor/alert-policy-assignment-delete.ts";
import { alertPolicyAssignmentWrite } from "./monitor/alert-policy-assignment-write.ts";
import { alertPublicIpDelete } from "./monitor/alert-public-ip-delete.ts";
import { alertPublicIpWrite } from "./monitor/alert-public-ip-write.ts";
import { alertSecuritySolutionDelete } from "./monitor/alert-security-solution-delete.ts";
import { alertSecuritySolutionWrite } from "./monitor/alert-security-solution-write.ts";
import { alertServiceHealth } from "./monitor/alert-service-health.ts";
import { alertSqlFirewallRuleDelete } from "./monitor/alert-sql-firewall-rule-delete.ts";
import { alertSqlFirewallRuleWrite } from "./monitor/alert-sql-firewall-rule-write.ts";
import { applicationInsights } from "./monitor/application-insights.ts";
import { vaultLogging } from "./monitor/vault-logging.ts";
import { mysqlServerAuditLog } from "./mysql/server-audit-log.ts";
import { mysqlServerAuditLogConnections } from "./mysql/server-audit-log-connections.ts";
import { mysqlServerFirewallAzure } from "./mysql/server-firewall-azure.ts";
import { mysqlServerFirewallInternet } from "./mysql/server-firewall-internet.ts";
import { mysqlServerPublicAccess } from "./mysql/server-public-access.ts";
import { mysqlServerTls } from "./mysql/server-tls.ts";
import { mysqlServerTlsVersion } from "./mysql/server-tls-version.ts";
import { applicationGatewayHttp2 } from "./network/application-gateway-http2.ts";
import { applicationGatewayTls } from "./network/application-gateway-tls.ts";
import { applicationGatewayWaf } from "./network/application-gateway-waf.ts";
import { bastionHost } from "./network/bastion-host.ts";
import { flowLogRetentionNetwork } from "./network/flow-log-retention-network.ts";
import { flowLogRetentionSecurityGroup } from "./network/flow-log-retention-security-group.ts";
import { gatewayEntraAuthentication } from "./network/gateway-entra-authentication.ts";
import { networkWatcher } from "./network/network-watcher.ts";
import { securityGroupAllPorts } from "./network/security-group-all-ports.ts";
import { securityGroupHttp } from "./network/security-group-http.ts";
import { securityGroupRdp } from "./network/security-group-rdp.ts";
import { securityGroupSsh } from "./network/security-group-ssh.ts";
import { securityGroupUdp } from "./network/security-group-udp.ts";
import { virtualNetworkDdos } from "./network/virtual-network-ddos.ts";
import { virtualNetworkFlowLogs } from "./network/virtual-network-flow-logs.ts";
import { virtualNetworkSubnetGroups } from "./network/virtual-network-subnet-groups.ts";
import { wafPolicyBodyInspection } from "./network/waf-policy-body-inspection.ts";
import { wafPolicyBotProtection } from "./network/waf-policy-bot-protection.ts";
import { wafPolicyPrevention } from "./network/waf-policy-prevention.ts";
import { postgresqlServerConnectionThrottling } from "./postgresql/server-connection-throttling.ts";
import { postgresqlServerEntraAuthentication } from "./postgresql/server-entra-authentication.ts";
import { postgresqlServerFirewallAzure } from "./postgresql/server-firewall-azure.ts";
import { postgresqlServerFirewallInternet } from "./postgresql/server-firewall-internet.ts";
import { postgresqlServerLogCheckpoints } from "./postgresql/server-log-checkpoints.ts";
import { postgresqlServerLogConnections } from "./postgresql/server-log-connections.ts";
import { postgresqlServerLogDisconnections } from "./postgresql/server-log-disconnections.ts";
import { postgresqlServerLogRetention } from "./postgresql/server-log-retention.ts";
import { postgresqlServerPublicAccess } from "./postgresql/server-public-access.ts";
import { postgresqlServerTls } from "./postgresql/server-tls.ts";
import { sqlDatabaseEncryption } from "./sql/database-encryption.ts";
import { sqlServerAuditing } from "./sql/server-auditing.ts";
import { sqlServerAuditingRetention } from "./sql/server-auditing-retention.ts";
import { sqlServerEntraAdmin } from "./sql/server-entra-admin.ts";
import { sqlServerFirewallAzure } from "./sql/server-firewall-azure.ts";
import { sqlServerFirewallInternet } from "./sql/server-firewall-internet.ts";
import { sqlServerPublicAccess } from "./sql/server-public-access.ts";
import { sqlServerTls } from "./sql/server-tls.ts";
import { accountBlobPublicAccess } from "./storage/account-blob-public-access.ts";
import { accountCrossTenantReplication } from "./storage/account-cross-tenant-replication.ts";
import { accountDefaultDeny } from "./storage/account-default-deny.ts";
import { accountEntraPortal } from "./storage/account-entra-portal.ts";
import { accountGeoRedundant } from "./storage/account-geo-redundant.ts";
import { accountHttpsOnly } from "./storage/account-https-only.ts";
import { accountKeyReminder } from "./storage/account-key-reminder.ts";
import { accountKeyRotation } from "./storage/account-key-rotation.ts";
import { accountMinTls } from "./storage/account-min-tls.ts";
import { accountPrivateEndpoint } from "./storage/account-private-endpoint.ts";
import { accountPublicNetwork } from "./storage/account-public-network.ts";
import { accountSharedKey } from "./storage/account-shared-key.ts";
import { accountTrustedServices } from "./storage/account-trusted-services.ts";
import { blobSoftDelete } from "./storage/blob-soft-delete.ts";
import { blobVersioning } from "./storage/blob-versioning.ts";
import { containerSoftDelete } from "./storage/container-soft-delete.ts";
import { shareSmbEncryption } from "./storage/share-smb-encryption.ts";
import { shareSmbVersion } from "./storage/share-smb-version.ts";
import { shareSoftDelete } from "./storage/share-soft-delete.ts";

/** The checks of Azure, in catalogue order. A check that isn't listed here doesn't run. */
export const azureChecks: readonly AnyCheck[] = [
  appFtps,
  appHttp2,
  appHttpsOnly,
  appIdentity,
  appRemoteDebugging,
  appTls,
  customAdministratorRole,
  ownerCount,
  userAccessAdministrator,
  diskCustomerKey,
  diskPublicAccess,
  diskUnattached,
  virtualMachineEncryption,
  virtualMachineManagedDisks,
  virtualMachinePublicIp,
  virtualMachineSshKeys,
  virtualMachineTrustedLaunch,
  virtualMachineUpdateAssessment,
  workspaceLogging,
  workspaceNoPublicIp,
  workspaceOwnNetwork,
  workspacePrivateEndpoint,
  workspacePublicAccess,
  workspaceSubnetSecurityGroups,
  agentlessScanning,
  alertMails,
  alertsToOwners,
  apisPlan,
  appServicePlan,
  attackPathMails,
  contactEmail,
  containersPlan,
  cosmosDbPlan,
  cspmPlan,
  endpointIntegration,
  fileIntegrity,
  keyVaultPlan,
  openSourceDatabasesPlan,
  resourceManagerPlan,
  serversPlan,
  sqlDatabasesPlan,
  sqlServersOnMachinesPlan,
  storagePlan,
  applicationSecretAge,
  guestAccess,
  guestInvitations,
  mfaRequired,
  privilegedUserMfa,
  securityDefaults,
  userMfa,
  certificateValidity,
  keyExpiration,
  keyRotation,
  secretExpiration,
  vaultDefaultDeny,
  vaultPrivateEndpoint,
  vaultPublicNetwork,
  vaultPurgeProtection,
  vaultRbac,
  activityLogCategories,
  activityLogExport,
  alertNetworkSecurityGroupDelete,
  alertNetworkSecurityGroupWrite,
  alertPolicyAssignmentDelete,
  alertPolicyAssignmentWrite,
  alertPublicIpDelete,
  alertPublicIpWrite,
  alertSecuritySolutionDelete,
  alertSecuritySolutionWrite,
  alertServiceHealth,
  alertSqlFirewallRuleDelete,
  alertSqlFirewallRuleWrite,
  applicationInsights,
  vaultLogging,
  mysqlServerAuditLogConnections,
  mysqlServerAuditLog,
  mysqlServerFirewallAzure,
  mysqlServerFirewallInternet,
  mysqlServerPublicAccess,
  mysqlServerTlsVersion,
  mysqlServerTls,
  applicationGatewayHttp2,
  applicationGatewayTls,
  applicationGatewayWaf,
  bastionHost,
  flowLogRetentionNetwork,
  flowLogRetentionSecurityGroup,
  gatewayEntraAuthentication,
  networkWatcher,
  securityGroupAllPorts,
  securityGroupHttp,
  securityGroupRdp,
  securityGroupSsh,
  securityGroupUdp,
  virtualNetworkDdos,
  virtualNetworkFlowLogs,
  virtualNetworkSubnetGroups,
  wafPolicyBodyInspection,
  wafPolicyBotProtection,
  wafPolicyPrevention,
  postgresqlServerConnectionThrottling,
  postgresqlServerEntraAuthentication,
  postgresqlServerFirewallAzure,
  postgresqlServerFirewallInternet,
  postgresqlServerLogCheckpoints,
  postgresqlServerLogConnections,
  postgresqlServerLogDisconnections,
  postgresqlServerLogRetention,
  postgresqlServerPublicAccess,
  postgresqlServerTls,
  sqlDatabaseEncryption,
  sqlServerAuditingRetention,
  sqlServerAuditing,
  sqlServerEntraAdmin,
  sqlServerFirewallAzure,
  sqlServerFirewallInternet,
  sqlServerPublicAccess,
  sqlServerTls,
  accountBlobPublicAccess,
  accountCrossTenantReplication,
  accountDefaultDeny,
  accountEntraPortal,
  accountGeoRedundant,
  accountHttpsOnly,
  accountKeyReminder,
  accountKeyRotation,
  accountMinTls,
  accountPrivateEndpoint,
  accountPublicNetwork,
  accountSharedKey,
  accountTrustedServices,
  blobSoftDelete,
  blobVersioning,
  containerSoftDelete,
  shareSmbEncryption,
  shareSmbVersion,
  shareSoftDelete,
];
