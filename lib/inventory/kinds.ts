import type { AccessAnalyzerKinds } from "./aws/accessanalyzer.kinds.ts";
import type { CloudTrailKinds } from "./aws/cloudtrail.kinds.ts";
import type { ConfigKinds } from "./aws/config.kinds.ts";
import type { Ec2Kinds } from "./aws/ec2.kinds.ts";
import type { EfsKinds } from "./aws/efs.kinds.ts";
import type { GuardDutyKinds } from "./aws/guardduty.kinds.ts";
import type { IamKinds } from "./aws/iam.kinds.ts";
import type { KmsKinds } from "./aws/kms.kinds.ts";
import type { RdsKinds } from "./aws/rds.kinds.ts";
import type { S3Kinds } from "./aws/s3.kinds.ts";
import type { SecurityHubKinds } from "./aws/securityhub.kinds.ts";
import type { AzureKinds } from "./azure/kinds.ts";
import type { GcpKinds } from "./gcp/kinds.ts";

/** Every kind of resource, with the type of its `config`. A service adds its kinds by extending this. */
export interface ResourceConfigs
  extends S3Kinds,
    IamKinds,
    Ec2Kinds,
    RdsKinds,
    CloudTrailKinds,
    KmsKinds,
    ConfigKinds,
    GuardDutyKinds,
    AccessAnalyzerKinds,
    EfsKinds,
    SecurityHubKinds,
    AzureKinds,
    GcpKinds {}
