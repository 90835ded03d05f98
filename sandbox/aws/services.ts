import * as accessAnalyzerSdk from "@aws-sdk/client-accessanalyzer";
import * as cloudTrailSdk from "@aws-sdk/client-cloudtrail";
import * as configSdk from "@aws-sdk/client-config-service";
import * as ec2Sdk from "@aws-sdk/client-ec2";
import * as efsSdk from "@aws-sdk/client-efs";
import * as guardDutySdk from "@aws-sdk/client-guardduty";
import * as iamSdk from "@aws-sdk/client-iam";
import * as kmsSdk from "@aws-sdk/client-kms";
import * as organizationsSdk from "@aws-sdk/client-organizations";
import * as rdsSdk from "@aws-sdk/client-rds";
import * as s3Sdk from "@aws-sdk/client-s3";
import * as s3ControlSdk from "@aws-sdk/client-s3-control";
import * as securityHubSdk from "@aws-sdk/client-securityhub";
import { accessAnalyzerHandlers } from "./handlers/accessanalyzer.ts";
import { cloudTrailHandlers } from "./handlers/cloudtrail.ts";
import { configHandlers } from "./handlers/config.ts";
import { accountHandlers as ec2AccountHandlers } from "./handlers/ec2/account.ts";
import { honourDryRun } from "./handlers/ec2/dry-run.ts";
import { flowLogHandlers } from "./handlers/ec2/flow-logs.ts";
import { instanceProfileHandlers } from "./handlers/ec2/instance-profiles.ts";
import { instanceHandlers } from "./handlers/ec2/instances.ts";
import { networkHandlers } from "./handlers/ec2/network.ts";
import { networkAclHandlers } from "./handlers/ec2/network-acls.ts";
import { securityGroupRuleHandlers } from "./handlers/ec2/security-group-rules.ts";
import { securityGroupHandlers } from "./handlers/ec2/security-groups.ts";
import { snapshotHandlers } from "./handlers/ec2/snapshots.ts";
import { volumeHandlers } from "./handlers/ec2/volumes.ts";
import { efsHandlers } from "./handlers/efs.ts";
import { guardDutyHandlers } from "./handlers/guardduty.ts";
import { accessKeyHandlers } from "./handlers/iam/access-keys.ts";
import { accountHandlers as iamAccountHandlers } from "./handlers/iam/account.ts";
import { authorizationDetailsHandlers } from "./handlers/iam/authorization-details.ts";
import { credentialReportHandlers } from "./handlers/iam/credential-report.ts";
import { groupHandlers } from "./handlers/iam/groups.ts";
import { permissionHandlers } from "./handlers/iam/permissions.ts";
import { policyHandlers } from "./handlers/iam/policies.ts";
import { roleHandlers } from "./handlers/iam/roles.ts";
import { simulationHandlers } from "./handlers/iam/simulation.ts";
import { userHandlers } from "./handlers/iam/users.ts";
import { kmsHandlers } from "./handlers/kms.ts";
import { organizationsHandlers } from "./handlers/organizations.ts";
import { rdsHandlers } from "./handlers/rds.ts";
import { accessHandlers } from "./handlers/s3/access.ts";
import { bucketHandlers } from "./handlers/s3/buckets.ts";
import { objectHandlers } from "./handlers/s3/objects.ts";
import { settingHandlers } from "./handlers/s3/settings.ts";
import { s3ControlHandlers } from "./handlers/s3control.ts";
import { securityHubHandlers } from "./handlers/securityhub.ts";
import { stsService } from "./handlers/sts.ts";
import type { Service } from "./model.ts";

/** Every service of the sandbox. Several may share a signing name, as S3 and S3 Control do. */
export const services: readonly Service[] = [
  stsService,
  {
    sdk: s3Sdk,
    signingName: "s3",
    handlers: { ...bucketHandlers, ...accessHandlers, ...settingHandlers, ...objectHandlers },
  },
  { sdk: s3ControlSdk, signingName: "s3", handlers: s3ControlHandlers },
  {
    sdk: ec2Sdk,
    signingName: "ec2",
    handlers: honourDryRun({
      ...ec2AccountHandlers,
      ...networkHandlers,
      ...networkAclHandlers,
      ...flowLogHandlers,
      ...securityGroupHandlers,
      ...securityGroupRuleHandlers,
      ...instanceHandlers,
      ...instanceProfileHandlers,
      ...volumeHandlers,
      ...snapshotHandlers,
    }),
  },
  {
    sdk: iamSdk,
    signingName: "iam",
    handlers: {
      ...iamAccountHandlers,
      ...userHandlers,
      ...accessKeyHandlers,
      ...groupHandlers,
      ...roleHandlers,
      ...policyHandlers,
      ...permissionHandlers,
      ...authorizationDetailsHandlers,
      ...credentialReportHandlers,
      ...simulationHandlers,
    },
  },
  {
    sdk: rdsSdk,
    signingName: "rds",
    handlers: rdsHandlers,
  },
  { sdk: cloudTrailSdk, signingName: "cloudtrail", handlers: cloudTrailHandlers },
  { sdk: kmsSdk, signingName: "kms", handlers: kmsHandlers },
  { sdk: configSdk, signingName: "config", handlers: configHandlers },
  { sdk: guardDutySdk, signingName: "guardduty", handlers: guardDutyHandlers },
  { sdk: accessAnalyzerSdk, signingName: "access-analyzer", handlers: accessAnalyzerHandlers },
  { sdk: efsSdk, signingName: "elasticfilesystem", handlers: efsHandlers },
  { sdk: organizationsSdk, signingName: "organizations", handlers: organizationsHandlers },
  { sdk: securityHubSdk, signingName: "securityhub", handlers: securityHubHandlers },
];
