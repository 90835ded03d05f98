import type { AnyCheck } from "../model.ts";
import { externalAccess } from "./accessanalyzer/external-access.ts";
import { allRegions } from "./cloudtrail/all-regions.ts";
import { s3ReadEvents } from "./cloudtrail/s3-read-events.ts";
import { s3WriteEvents } from "./cloudtrail/s3-write-events.ts";
import { trailKmsEncryption } from "./cloudtrail/trail-kms-encryption.ts";
import { trailLogValidation } from "./cloudtrail/trail-log-validation.ts";
import { trailMultiRegion } from "./cloudtrail/trail-multi-region.ts";
import { recorder } from "./config/recorder.ts";
import { defaultSecurityGroup } from "./ec2/default-security-group.ts";
import { ebsDefaultEncryption } from "./ec2/ebs-default-encryption.ts";
import { instanceImdsv2 } from "./ec2/instance-imdsv2.ts";
import { instancePublicIp } from "./ec2/instance-public-ip.ts";
import { instanceRole } from "./ec2/instance-role.ts";
import { networkAclAdminPorts } from "./ec2/network-acl-admin-ports.ts";
import { securityGroupAllPorts } from "./ec2/security-group-all-ports.ts";
import { securityGroupCifs } from "./ec2/security-group-cifs.ts";
import { securityGroupRdp } from "./ec2/security-group-rdp.ts";
import { securityGroupSsh } from "./ec2/security-group-ssh.ts";
import { snapshotPublic } from "./ec2/snapshot-public.ts";
import { volumeEncrypted } from "./ec2/volume-encrypted.ts";
import { vpcFlowLogs } from "./ec2/vpc-flow-logs.ts";
import { fileSystemEncrypted } from "./efs/file-system-encrypted.ts";
import { detector } from "./guardduty/detector.ts";
import { accessKeyAge } from "./iam/access-key-age.ts";
import { groupInlineAdmin } from "./iam/group-inline-admin.ts";
import { passwordPolicyLength } from "./iam/password-policy-length.ts";
import { passwordPolicyReuse } from "./iam/password-policy-reuse.ts";
import { policyNoAdmin } from "./iam/policy-no-admin.ts";
import { roleInlineAdmin } from "./iam/role-inline-admin.ts";
import { rootAccessKeys } from "./iam/root-access-keys.ts";
import { rootMfa } from "./iam/root-mfa.ts";
import { serverCertificateExpired } from "./iam/server-certificate-expired.ts";
import { supportRole } from "./iam/support-role.ts";
import { unusedCredentials } from "./iam/unused-credentials.ts";
import { userInlineAdmin } from "./iam/user-inline-admin.ts";
import { userMfa } from "./iam/user-mfa.ts";
import { userPermissionsThroughGroups } from "./iam/user-permissions-through-groups.ts";
import { keyRotation } from "./kms/key-rotation.ts";
import { instanceEncrypted } from "./rds/instance-encrypted.ts";
import { instanceMinorUpgrades } from "./rds/instance-minor-upgrades.ts";
import { instanceMultiAz } from "./rds/instance-multi-az.ts";
import { instancePublic } from "./rds/instance-public.ts";
import { accountBlockPublicAccess } from "./s3/account-block-public-access.ts";
import { bucketBlockPublicAccess } from "./s3/bucket-block-public-access.ts";
import { bucketMfaDelete } from "./s3/bucket-mfa-delete.ts";
import { bucketPublicAccess } from "./s3/bucket-public-access.ts";
import { bucketTlsOnly } from "./s3/bucket-tls-only.ts";
import { bucketVersioning } from "./s3/bucket-versioning.ts";
import { securityhubHub } from "./securityhub/hub.ts";

/** The checks of AWS, in catalogue order. A check that isn't listed here doesn't run. */
export const awsChecks: readonly AnyCheck[] = [
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
