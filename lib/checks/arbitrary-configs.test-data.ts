import fc from "fast-check";
import type { AdvancedFieldSelector } from "#lib/inventory/aws/cloudtrail.kinds.ts";
import type { AccessKey, Credentials } from "#lib/inventory/aws/iam.kinds.ts";
import type { ResourceConfigs } from "#lib/inventory/kinds.ts";
import type { Kind } from "#lib/inventory/model.ts";

type OptionalKeys<T> = { [K in keyof T]-?: undefined extends T[K] ? K : never }[keyof T] & string;
/** Configs with every field read, and the names of the fields that may be unread. */
type Arbitrary<T> = { whole: fc.Arbitrary<T>; optional: OptionalKeys<T>[] };

const { boolean, constant, constantFrom, option } = fc;
const name = fc.string({ unit: "binary", maxLength: 12 });
const nullable = <T>(arbitrary: fc.Arbitrary<T>) => option(arbitrary, { freq: 2 });
const date = fc
  .integer({ min: -400, max: 100 })
  .map((days) => new Date(Date.UTC(2026, 0, 31) + days * 86_400_000).toISOString());
const list = <T>(arbitrary: fc.Arbitrary<T>, maxLength = 3) => fc.array(arbitrary, { maxLength });
const text = constant("text");

const block = fc.record({
  blockPublicAcls: boolean(),
  ignorePublicAcls: boolean(),
  blockPublicPolicy: boolean(),
  restrictPublicBuckets: boolean(),
});
const blocks = constantFrom(...[true, false].map(allSwitches));
function allSwitches(on: boolean) {
  return { blockPublicAcls: on, ignorePublicAcls: on, blockPublicPolicy: on, restrictPublicBuckets: on };
}
const publicAccessBlock = nullable(fc.oneof(block, blocks));

const uid = "arn:aws:test:eu-west-1:111122223333:aws.s3.bucket/0";
const open = { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: `${uid}/*` };
const tlsOnly = {
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: [uid, `${uid}/*`],
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};
/** Policies with what Amazon would say of them, so that the two never contradict each other. */
const bucketPolicy = constantFrom(
  { policy: null, policyIsPublic: null },
  { policy: { Statement: [tlsOnly] }, policyIsPublic: false },
  { policy: { Statement: [tlsOnly, open] }, policyIsPublic: true },
  { policy: { Statement: open }, policyIsPublic: true },
  {
    policy: { Statement: [{ ...open, Condition: { StringEquals: { "aws:SourceVpc": "vpc-1" } } }] },
    policyIsPublic: false,
  },
  { policy: { Statement: [{ ...open, Principal: { AWS: "111122223333" } }] }, policyIsPublic: false },
);

const identityDocument = constantFrom<unknown>(
  { Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] },
  { Statement: { Effect: "Allow", NotAction: "s3:*", Resource: "*" } },
  { Statement: [{ Effect: "Allow", Action: ["s3:*"], Resource: "*" }] },
  { Statement: [] },
);
const attachedPolicies = list(
  constantFrom(
    { name: "AWSSupportAccess", arn: "arn:aws:iam::aws:policy/AWSSupportAccess" },
    { name: "own", arn: "arn:aws:iam::111122223333:policy/own" },
  ),
  2,
);
const inlinePolicies = list(fc.record({ name, document: identityDocument }), 2);
const identity = { path: text, createdAt: nullable(date), attachedPolicies, inlinePolicies };

const key = (n: 1 | 2): fc.Arbitrary<AccessKey> =>
  fc.record({
    n: constant(n),
    active: boolean(),
    createdAt: date,
    lastUsedAt: nullable(date),
    lastUsedRegion: nullable(text),
    lastUsedService: nullable(text),
  });
const credentials: fc.Arbitrary<Credentials> = fc.record({
  passwordEnabled: boolean(),
  passwordLastUsedAt: nullable(date),
  passwordChangedAt: nullable(date),
  mfaActive: boolean(),
  accessKeys: fc
    .tuple(nullable(key(1)), nullable(key(2)))
    .map((slots) => slots.filter((slot) => slot !== null)),
});
/** The summary says of root what its row of the report says. */
const root = credentials.map((rootCredentials) => ({
  rootCredentials,
  summary: {
    rootMfaEnabled: rootCredentials.mfaActive,
    rootAccessKeysPresent: rootCredentials.accessKeys.length > 0,
    rootSigningCertificatesPresent: false,
    rootPasswordPresent: rootCredentials.passwordEnabled,
  },
}));
const passwordPolicy = fc.record({
  minimumLength: fc.integer({ min: 6, max: 20 }),
  reusePrevention: nullable(fc.integer({ min: 1, max: 24 })),
  maxAgeDays: nullable(fc.nat(365)),
  requireUppercase: boolean(),
  requireLowercase: boolean(),
  requireNumbers: boolean(),
  requireSymbols: boolean(),
  allowUsersToChange: boolean(),
  hardExpiry: boolean(),
});

const cidr = constantFrom(
  "0.0.0.0/0",
  "::/0",
  "0.0.0.0/1",
  "128.0.0.0/1",
  "10.0.0.0/8",
  "203.0.113.0/24",
  "2a00::/19",
);
const ports = constantFrom<[number | null, number | null]>(
  [null, null],
  [0, 65535],
  [22, 22],
  [445, 445],
  [3389, 3389],
  [0, 1023],
  [1024, 65535],
  [-1, -1],
);
const peer = fc.oneof(
  cidr.map((peer) => ({ peerType: peer.includes(":") ? ("ipv6" as const) : ("ipv4" as const), peer })),
  constantFrom("pl-1", "pl-2").map((peer) => ({ peerType: "prefix-list" as const, peer })),
  constant({ peerType: "security-group" as const, peer: "sg-1" }),
);
const rule = fc
  .tuple(constantFrom("-1", "tcp", "udp", "icmp", "6"), ports, peer)
  .map(([protocol, [fromPort, toPort], from]) => ({
    protocol,
    fromPort,
    toPort,
    ...from,
    description: null,
  }));
const entry = fc
  .tuple(
    fc.integer({ min: 1, max: 9 }),
    boolean(),
    constantFrom("allow", "deny"),
    constantFrom("-1", "6", "17"),
    cidr,
    ports,
  )
  .map(([ruleNumber, egress, action, protocol, range, [fromPort, toPort]]) => ({
    ruleNumber,
    egress,
    action: action === "allow" ? ("allow" as const) : ("deny" as const),
    protocol,
    cidr: range,
    fromPort,
    toPort,
  }));

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

export const arbitraryConfigs: { [K in Kind]: Arbitrary<ResourceConfigs[K]> } = {
  "aws.account": {
    whole: fc
      .tuple(root, nullable(passwordPolicy), nullable(text))
      .map(([facts, policy, alias]) => ({ ...facts, passwordPolicy: policy, alias })),
    optional: ["alias", "passwordPolicy", "summary", "rootCredentials"],
  },
  "aws.iam.user": {
    whole: fc.record({
      ...identity,
      credentials,
      groups: list(name),
      permissionsBoundaryArn: nullable(text),
    }),
    optional: ["credentials", "attachedPolicies", "inlinePolicies", "groups", "permissionsBoundaryArn"],
  },
  "aws.iam.role": {
    whole: fc.record({
      ...identity,
      trustPolicy: identityDocument,
      permissionsBoundaryArn: nullable(text),
      instanceProfileArns: list(text),
    }),
    optional: [
      "trustPolicy",
      "attachedPolicies",
      "inlinePolicies",
      "permissionsBoundaryArn",
      "instanceProfileArns",
    ],
  },
  "aws.iam.group": { whole: fc.record(identity), optional: ["attachedPolicies", "inlinePolicies"] },
  "aws.iam.policy": {
    whole: fc.record({
      managedBy: constantFrom("customer" as const, "aws" as const),
      path: text,
      createdAt: nullable(date),
      updatedAt: nullable(date),
      attachmentCount: fc.nat(3),
      defaultVersionId: nullable(text),
      document: identityDocument,
    }),
    optional: ["document"],
  },
  "aws.iam.server-certificate": {
    whole: fc.record({ path: text, uploadedAt: nullable(date), expiresAt: date }),
    optional: ["expiresAt"],
  },
  "aws.s3.bucket": {
    whole: fc
      .record({
        createdAt: nullable(date),
        publicAccessBlock,
        grants: list(
          fc.record({
            grantee: constantFrom(
              "http://acs.amazonaws.com/groups/global/AllUsers",
              "http://acs.amazonaws.com/groups/s3/LogDelivery",
              "0123abcd",
            ),
            permission: constantFrom("READ", "FULL_CONTROL"),
          }),
        ),
        versioning: constantFrom("enabled" as const, "suspended" as const, "off" as const),
        mfaDelete: boolean(),
        byPolicy: bucketPolicy,
      })
      .map(({ byPolicy, ...rest }) => ({ ...rest, ...byPolicy })),
    optional: ["publicAccessBlock", "policy", "policyIsPublic", "grants", "versioning", "mfaDelete"],
  },
  "aws.s3.account": { whole: fc.record({ publicAccessBlock }), optional: ["publicAccessBlock"] },
  "aws.ec2.instance": {
    whole: fc.record({
      state: text,
      type: text,
      imageId: nullable(text),
      launchedAt: nullable(date),
      publicIps: list(text),
      ipv6Addresses: list(text),
      metadata: fc.record({
        endpoint: constantFrom("enabled" as const, "disabled" as const),
        tokens: constantFrom("required" as const, "optional" as const),
        hopLimit: nullable(fc.nat(64)),
      }),
      instanceProfileArn: nullable(text),
      vpcId: nullable(text),
      subnetId: nullable(text),
      securityGroupIds: list(text),
      volumeIds: list(text),
      keyName: nullable(text),
    }),
    optional: ["publicIps", "metadata", "instanceProfileArn"],
  },
  "aws.ec2.security-group": {
    whole: fc.record({
      groupId: text,
      description: nullable(name),
      vpcId: nullable(text),
      isDefault: boolean(),
      ingress: list(rule, 4),
      egress: list(rule),
    }),
    optional: ["ingress", "egress"],
  },
  "aws.ec2.prefix-list": {
    whole: fc
      .record({
        prefixListId: constantFrom("pl-1", "pl-2"),
        managedBy: constantFrom("customer" as const, "aws" as const),
        addressFamily: constantFrom("IPv4" as const, "IPv6" as const),
        entries: list(cidr),
      })
      .map((one) => ({ ...one, entries: one.managedBy === "aws" ? null : one.entries })),
    optional: ["entries"],
  },
  "aws.ec2.volume": {
    whole: fc.record({
      state: text,
      encrypted: boolean(),
      kmsKeyId: nullable(text),
      sizeGib: fc.nat(),
      type: text,
      createdAt: nullable(date),
      attachedTo: list(text),
    }),
    optional: ["encrypted"],
  },
  "aws.ec2.snapshot": {
    whole: fc.record({
      state: text,
      encrypted: boolean(),
      kmsKeyId: nullable(text),
      volumeId: nullable(text),
      sizeGib: fc.nat(),
      createdAt: nullable(date),
      isPublic: boolean(),
    }),
    optional: ["encrypted", "isPublic"],
  },
  "aws.ec2.vpc": {
    whole: fc.record({
      isDefault: boolean(),
      state: text,
      cidr: nullable(text),
      cidrs: list(text),
      ipv6Cidrs: list(text),
      flowLogs: list(
        fc.record({
          id: text,
          status: constantFrom("ACTIVE", "INACTIVE"),
          trafficType: constantFrom("ALL" as const, "ACCEPT" as const, "REJECT" as const),
          destinationType: nullable(text),
          destination: nullable(text),
          deliveryStatus: nullable(constantFrom("SUCCESS", "FAILED")),
        }),
      ),
    }),
    optional: ["flowLogs"],
  },
  "aws.ec2.network-acl": {
    whole: fc.record({
      vpcId: nullable(text),
      isDefault: boolean(),
      subnetIds: list(text),
      entries: list(entry, 5),
    }),
    optional: ["entries"],
  },
  "aws.ec2.region": {
    whole: fc.record({ ebsEncryptionByDefault: boolean(), ebsDefaultKmsKeyId: nullable(text) }),
    optional: ["ebsEncryptionByDefault", "ebsDefaultKmsKeyId"],
  },
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
};
