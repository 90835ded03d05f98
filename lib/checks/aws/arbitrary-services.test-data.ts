import fc from "fast-check";
import {
  type Arbitraries,
  boolean,
  constant,
  constantFrom,
  date,
  list,
  nullable,
  text,
} from "#lib/checks/arbitrary-basics.test-data.ts";
import type { AccessAnalyzerKinds } from "#lib/inventory/aws/accessanalyzer.kinds.ts";
import type { AdvancedFieldSelector, CloudTrailKinds } from "#lib/inventory/aws/cloudtrail.kinds.ts";
import type { ConfigKinds } from "#lib/inventory/aws/config.kinds.ts";
import type { EfsKinds } from "#lib/inventory/aws/efs.kinds.ts";
import type { GuardDutyKinds } from "#lib/inventory/aws/guardduty.kinds.ts";
import type { KmsKinds } from "#lib/inventory/aws/kms.kinds.ts";
import type { RdsKinds } from "#lib/inventory/aws/rds.kinds.ts";
import type { SecurityHubKinds } from "#lib/inventory/aws/securityhub.kinds.ts";

const field = (of: string, values: string[]): AdvancedFieldSelector => ({
  field: of,
  equals: values,
  startsWith: [],
  endsWith: [],
  notEquals: [],
  notStartsWith: [],
  notEndsWith: [],
});
const eventSelectors = fc.record({
  basic: list(
    fc.record({
      readWriteType: constantFrom("All" as const, "ReadOnly" as const, "WriteOnly" as const),
      includeManagementEvents: boolean(),
      excludedManagementSources: list(text),
      dataResources: list(
        fc.record({
          type: constant("AWS::S3::Object"),
          values: list(constantFrom("arn:aws:s3", "arn:aws:s3:::one/"), 2),
        }),
        1,
      ),
    }),
    2,
  ),
  advanced: list(
    fc.record({
      name: constant(null),
      fields: list(
        constantFrom(
          field("eventCategory", ["Management"]),
          field("eventCategory", ["Data"]),
          field("resources.type", ["AWS::S3::Object"]),
          field("readOnly", ["true"]),
        ),
      ),
    }),
    2,
  ),
});
const recorder = fc.record({
  name: text,
  strategy: constantFrom(
    "ALL_SUPPORTED_RESOURCE_TYPES",
    "EXCLUSION_BY_RESOURCE_TYPES",
    "INCLUSION_BY_RESOURCE_TYPES",
  ),
  includesGlobalTypes: boolean(),
  includedTypes: list(text),
  excludedTypes: list(text),
});

export const serviceConfigs: Arbitraries<
  keyof (RdsKinds &
    CloudTrailKinds &
    KmsKinds &
    ConfigKinds &
    GuardDutyKinds &
    AccessAnalyzerKinds &
    EfsKinds &
    SecurityHubKinds)
> = {
  "aws.rds.instance": {
    whole: fc.record({
      engine: text,
      engineVersion: nullable(text),
      status: text,
      instanceClass: nullable(text),
      createdAt: nullable(date),
      storageEncrypted: boolean(),
      kmsKeyId: nullable(text),
      publiclyAccessible: boolean(),
      autoMinorVersionUpgrade: boolean(),
      multiAz: boolean(),
      availabilityZone: constantFrom("eu-west-1a", "eu-west-1b"),
      clusterId: nullable(constantFrom("one", "two")),
      endpoint: nullable(constant({ address: "db.example.com", port: 5432 })),
      vpcId: nullable(text),
      securityGroupIds: list(text),
      deletionProtection: boolean(),
      backupRetentionDays: nullable(fc.nat(35)),
      iamAuthentication: boolean(),
    }),
    optional: [
      "storageEncrypted",
      "publiclyAccessible",
      "autoMinorVersionUpgrade",
      "multiAz",
      "availabilityZone",
      "deletionProtection",
      "iamAuthentication",
    ],
  },
  "aws.cloudtrail.trail": {
    whole: fc.record({
      homeRegion: text,
      isMultiRegion: boolean(),
      isOrganization: boolean(),
      includesGlobalServiceEvents: boolean(),
      logFileValidation: boolean(),
      kmsKeyId: nullable(text),
      bucketName: nullable(text),
      logGroupArn: nullable(text),
      snsTopicArn: nullable(text),
      status: fc.record({ isLogging: boolean(), latestDeliveryError: nullable(text) }),
      eventSelectors,
    }),
    optional: [
      "isMultiRegion",
      "includesGlobalServiceEvents",
      "logFileValidation",
      "kmsKeyId",
      "status",
      "eventSelectors",
    ],
  },
  "aws.kms.key": {
    whole: fc.record({
      keyId: text,
      aliases: list(text),
      details: fc.record({
        managedBy: constantFrom("customer" as const, "aws" as const),
        state: constantFrom("Enabled", "Disabled", "PendingDeletion"),
        spec: constantFrom("SYMMETRIC_DEFAULT", "RSA_2048"),
        usage: text,
        origin: constantFrom("AWS_KMS", "EXTERNAL"),
        multiRegion: constant(null),
        createdAt: nullable(date),
        deletionAt: nullable(date),
        description: nullable(text),
      }),
      rotation: fc.record({ enabled: boolean(), periodDays: nullable(fc.nat(2560)) }),
    }),
    optional: ["aliases", "details", "rotation"],
  },
  "aws.config.region": {
    whole: fc.record({
      recorders: list(recorder, 1),
      recorderStatus: list(
        fc.record({
          name: text,
          isRecording: boolean(),
          lastStatus: nullable(constantFrom("Success", "Failure", "Pending")),
        }),
        1,
      ),
      deliveryChannels: list(fc.record({ name: text, bucketName: nullable(text) }), 1),
    }),
    optional: ["recorders", "recorderStatus", "deliveryChannels"],
  },
  "aws.guardduty.region": {
    whole: fc.record({
      detector: nullable(fc.record({ id: text, enabled: boolean(), features: list(text) })),
    }),
    optional: ["detector"],
  },
  "aws.accessanalyzer.region": {
    whole: fc.record({
      analyzers: list(
        fc.record({
          name: text,
          arn: text,
          type: constantFrom(
            "ACCOUNT",
            "ORGANIZATION",
            "ACCOUNT_UNUSED_ACCESS",
            "ORGANIZATION_INTERNAL_ACCESS",
          ),
          status: constantFrom("ACTIVE", "CREATING", "DISABLED", "FAILED"),
          statusReason: nullable(text),
        }),
      ),
    }),
    optional: ["analyzers"],
  },
  "aws.efs.file-system": {
    whole: fc.record({
      fileSystemId: text,
      state: constantFrom("available", "creating", "deleting"),
      createdAt: nullable(date),
      encrypted: boolean(),
      kmsKeyId: nullable(text),
      performanceMode: nullable(constantFrom("generalPurpose", "maxIO")),
      throughputMode: nullable(constantFrom("bursting", "elastic", "provisioned")),
      availabilityZone: nullable(text),
      mountTargets: nullable(fc.nat(3)),
    }),
    optional: ["encrypted"],
  },
  "aws.securityhub.region": {
    whole: fc.record({
      hub: nullable(
        fc.record({ arn: text, subscribedAt: nullable(date), autoEnableControls: nullable(boolean()) }),
      ),
    }),
    optional: ["hub"],
  },
};
