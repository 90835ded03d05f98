import { externalAccess } from "./aws/accessanalyzer/external-access.ts";
import { allRegions } from "./aws/cloudtrail/all-regions.ts";
import { s3ReadEvents } from "./aws/cloudtrail/s3-read-events.ts";
import { s3WriteEvents } from "./aws/cloudtrail/s3-write-events.ts";
import { trailKmsEncryption } from "./aws/cloudtrail/trail-kms-encryption.ts";
import { trailLogValidation } from "./aws/cloudtrail/trail-log-validation.ts";
import { trailMultiRegion } from "./aws/cloudtrail/trail-multi-region.ts";
import { recorder } from "./aws/config/recorder.ts";
import { defaultSecurityGroup } from "./aws/ec2/default-security-group.ts";
import { ebsDefaultEncryption } from "./aws/ec2/ebs-default-encryption.ts";
import { instanceImdsv2 } from "./aws/ec2/instance-imdsv2.ts";
import { instancePublicIp } from "./aws/ec2/instance-public-ip.ts";
import { instanceRole } from "./aws/ec2/instance-role.ts";
import { networkAclAdminPorts } from "./aws/ec2/network-acl-admin-ports.ts";
import { securityGroupAllPorts } from "./aws/ec2/security-group-all-ports.ts";
import { securityGroupCifs } from "./aws/ec2/security-group-cifs.ts";
import { securityGroupRdp } from "./aws/ec2/security-group-rdp.ts";
import { securityGroupSsh } from "./aws/ec2/security-group-ssh.ts";
import { snapshotPublic } from "./aws/ec2/snapshot-public.ts";
import { volumeEncrypted } from "./aws/ec2/volume-encrypted.ts";
import { vpcFlowLogs } from "./aws/ec2/vpc-flow-logs.ts";
import { fileSystemEncrypted } from "./aws/efs/file-system-encrypted.ts";
import { detector } from "./aws/guardduty/detector.ts";
import { accessKeyAge } from "./aws/iam/access-key-age.ts";
import { groupInlineAdmin } from "./aws/iam/group-inline-admin.ts";
import { passwordPolicyLength } from "./aws/iam/password-policy-length.ts";
import { passwordPolicyReuse } from "./aws/iam/password-policy-reuse.ts";
import { policyNoAdmin } from "./aws/iam/policy-no-admin.ts";
import { roleInlineAdmin } from "./aws/iam/role-inline-admin.ts";
import { rootAccessKeys } from "./aws/iam/root-access-keys.ts";
import { rootMfa } from "./aws/iam/root-mfa.ts";
import { serverCertificateExpired } from "./aws/iam/server-certificate-expired.ts";
import { supportRole } from "./aws/iam/support-role.ts";
import { unusedCredentials } from "./aws/iam/unused-credentials.ts";
import { userInlineAdmin } from "./aws/iam/user-inline-admin.ts";
import { userMfa } from "./aws/iam/user-mfa.ts";
import { userPermissionsThroughGroups } from "./aws/iam/user-permissions-through-groups.ts";
import { keyRotation } from "./aws/kms/key-rotation.ts";
import { instanceEncrypted } from "./aws/rds/instance-encrypted.ts";
import { instanceMinorUpgrades } from "./aws/rds/instance-minor-upgrades.ts";
import { instanceMultiAz } from "./aws/rds/instance-multi-az.ts";
import { instancePublic } from "./aws/rds/instance-public.ts";
import { accountBlockPublicAccess } from "./aws/s3/account-block-public-access.ts";
import { bucketBlockPublicAccess } from "./aws/s3/bucket-block-public-access.ts";
import { bucketMfaDelete } from "./aws/s3/bucket-mfa-delete.ts";
import { bucketPublicAccess } from "./aws/s3/bucket-public-access.ts";
import { bucketTlsOnly } from "./aws/s3/bucket-tls-only.ts";
import { bucketVersioning } from "./aws/s3/bucket-versioning.ts";
import { securityhubHub } from "./aws/securityhub/hub.ts";
import type { AnyCheck } from "./model.ts";

/** Every check, in catalogue order. A check that isn't listed here doesn't run; a test compares this with the folder. */
export const catalogue: readonly AnyCheck[] = [
  externalAccess,
  allRegions,
  s3ReadEvents,
  s3WriteEvents,
  trailKmsEncryption,
  trailLogValidation,
  trailMultiRegion,
  recorder,
  defaultSecurityGroup,
  ebsDefaultEncryption,
  instanceImdsv2,
  instancePublicIp,
  instanceRole,
  networkAclAdminPorts,
  securityGroupAllPorts,
  securityGroupCifs,
  securityGroupRdp,
  securityGroupSsh,
  snapshotPublic,
  volumeEncrypted,
  vpcFlowLogs,
  fileSystemEncrypted,
  detector,
  accessKeyAge,
  groupInlineAdmin,
  passwordPolicyLength,
  passwordPolicyReuse,
  policyNoAdmin,
  roleInlineAdmin,
  rootAccessKeys,
  rootMfa,
  serverCertificateExpired,
  supportRole,
  unusedCredentials,
  userInlineAdmin,
  userMfa,
  userPermissionsThroughGroups,
  keyRotation,
  instanceEncrypted,
  instanceMinorUpgrades,
  instanceMultiAz,
  instancePublic,
  accountBlockPublicAccess,
  bucketBlockPublicAccess,
  bucketMfaDelete,
  bucketPublicAccess,
  bucketTlsOnly,
  bucketVersioning,
  securityhubHub,
];
