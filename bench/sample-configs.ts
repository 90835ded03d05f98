import type { SecurityGroupRule } from "#lib/inventory/aws/ec2.kinds.ts";
import type { ResourceConfigs } from "#lib/inventory/kinds.ts";

export const account = "111122223333";
export const day = (n: number) => new Date(Date.UTC(2026, 0, 31) - n * 86_400_000).toISOString();
export const range = (length: number) => Array.from({ length }, (_, index) => index);
/** True for one in `n`. */
export const oneIn = (n: number, index: number) => index % n === 0;

export const instance = (n: number): ResourceConfigs["aws.ec2.instance"] => ({
  state: "running",
  type: "m7g.large",
  imageId: "ami-0123456789abcdef0",
  launchedAt: day(n % 300),
  publicIps: oneIn(15, n) ? ["203.0.113.7"] : [],
  ipv6Addresses: [],
  metadata: { endpoint: "enabled", tokens: oneIn(8, n) ? "optional" : "required", hopLimit: 2 },
  instanceProfileArn: oneIn(10, n) ? null : `arn:aws:iam::${account}:instance-profile/app`,
  vpcId: "vpc-1",
  subnetId: "subnet-1",
  securityGroupIds: ["sg-1"],
  volumeIds: [`vol-${n}`],
  keyName: null,
});

export const disk = (n: number) => ({
  state: "available",
  encrypted: !oneIn(6, n),
  kmsKeyId: null,
  sizeGib: 100,
  createdAt: day(n % 900),
});

const rule = (peer: string, from: number, to: number): SecurityGroupRule => ({
  protocol: "tcp",
  fromPort: from,
  toPort: to,
  peerType: peer.startsWith("sg-") ? "security-group" : peer.includes(":") ? "ipv6" : "ipv4",
  peer,
  description: "from the ticket",
});

export const securityGroup = (n: number): ResourceConfigs["aws.ec2.security-group"] => ({
  groupId: `sg-${n}`,
  description: "app",
  vpcId: "vpc-1",
  isDefault: oneIn(40, n),
  ingress: [
    rule("0.0.0.0/0", 443, 443),
    rule("::/0", 443, 443),
    rule("10.0.0.0/8", 0, 65535),
    ...range(n % 9).map((index) => rule(`198.51.100.${index * 8}/29`, 22, 22)),
    ...range(n % 5).map((index) => rule(`sg-${index}`, 5432, 5432)),
    ...(oneIn(25, n) ? [rule("0.0.0.0/0", 20, 25)] : []),
    ...(oneIn(200, n) ? [rule("0.0.0.0/1", 3389, 3389), rule("128.0.0.0/1", 3389, 3389)] : []),
  ],
  egress: [{ ...rule("0.0.0.0/0", 0, 0), protocol: "-1", fromPort: null, toPort: null }],
});

export const vpc = (n: number): ResourceConfigs["aws.ec2.vpc"] => ({
  isDefault: oneIn(10, n),
  state: "available",
  cidr: "10.0.0.0/16",
  cidrs: ["10.0.0.0/16"],
  ipv6Cidrs: [],
  flowLogs: oneIn(4, n)
    ? []
    : [
        {
          id: "fl-1",
          status: "ACTIVE",
          trafficType: "ALL",
          destinationType: "s3",
          destination: "arn:aws:s3:::flow-logs",
          deliveryStatus: "SUCCESS",
        },
      ],
});

export const networkAcl = (n: number): ResourceConfigs["aws.ec2.network-acl"] => {
  const entry = (ruleNumber: number, action: "allow" | "deny", cidr: string, port: number | null) => ({
    ruleNumber,
    egress: false,
    action,
    protocol: port === null ? "-1" : "6",
    cidr,
    fromPort: port,
    toPort: port,
  });
  return {
    vpcId: "vpc-1",
    isDefault: oneIn(2, n),
    subnetIds: ["subnet-1"],
    entries: [
      entry(90, oneIn(2, n) ? "allow" : "deny", "0.0.0.0/0", 22),
      entry(95, "deny", "0.0.0.0/0", 3389),
      entry(100, "allow", "0.0.0.0/0", null),
      { ...entry(100, "allow", "0.0.0.0/0", null), egress: true },
      entry(32767, "deny", "0.0.0.0/0", null),
    ],
  };
};

export const database = (n: number): ResourceConfigs["aws.rds.instance"] => ({
  engine: "aurora-postgresql",
  engineVersion: "17.5",
  status: "available",
  instanceClass: "db.r7g.large",
  createdAt: day(500),
  storageEncrypted: !oneIn(9, n),
  kmsKeyId: null,
  publiclyAccessible: oneIn(30, n),
  autoMinorVersionUpgrade: !oneIn(5, n),
  multiAz: oneIn(3, n),
  availabilityZone: `eu-west-1${n % 2 ? "a" : "b"}`,
  clusterId: oneIn(4, n) ? null : `cluster-${n % 60}`,
  endpoint: { address: `db-${n}.example.com`, port: 5432 },
  vpcId: "vpc-1",
  securityGroupIds: ["sg-1"],
  deletionProtection: true,
  backupRetentionDays: 7,
  iamAuthentication: false,
});

export const fileSystem = (n: number): ResourceConfigs["aws.efs.file-system"] => ({
  fileSystemId: `fs-${n}`,
  state: "available",
  createdAt: day(n % 900),
  encrypted: !oneIn(7, n),
  kmsKeyId: null,
  performanceMode: "generalPurpose",
  throughputMode: "elastic",
  availabilityZone: null,
  mountTargets: 3,
});

export const key = (n: number): ResourceConfigs["aws.kms.key"] => ({
  keyId: `key-${n}`,
  aliases: [`app-${n}`],
  details: {
    managedBy: oneIn(4, n) ? "aws" : "customer",
    state: oneIn(20, n) ? "PendingDeletion" : "Enabled",
    spec: oneIn(15, n) ? "RSA_4096" : "SYMMETRIC_DEFAULT",
    usage: "ENCRYPT_DECRYPT",
    origin: "AWS_KMS",
    multiRegion: null,
    createdAt: day(700),
    deletionAt: null,
    description: null,
  },
  rotation: { enabled: !oneIn(3, n), periodDays: 365 },
});

export const bucket = (n: number): ResourceConfigs["aws.s3.bucket"] => {
  const arn = `arn:aws:s3:::bucket-${n}`;
  const on = !oneIn(7, n);
  return {
    createdAt: day(n % 2000),
    publicAccessBlock: oneIn(20, n)
      ? null
      : { blockPublicAcls: on, ignorePublicAcls: on, blockPublicPolicy: on, restrictPublicBuckets: on },
    policy: oneIn(3, n)
      ? null
      : {
          Version: "2012-10-17",
          Statement: [
            {
              Sid: "TlsOnly",
              Effect: "Deny",
              Principal: "*",
              Action: "s3:*",
              Resource: [arn, `${arn}/*`],
              Condition: { Bool: { "aws:SecureTransport": "false" } },
            },
            {
              Effect: "Allow",
              Principal: { AWS: `arn:aws:iam::${account}:role/app` },
              Action: ["s3:GetObject", "s3:PutObject"],
              Resource: `${arn}/*`,
            },
          ],
        },
    policyIsPublic: oneIn(3, n) ? null : false,
    grants: oneIn(50, n)
      ? [{ grantee: "http://acs.amazonaws.com/groups/global/AllUsers", permission: "READ" }]
      : [],
    versioning: oneIn(2, n) ? "enabled" : "off",
    mfaDelete: false,
  };
};

const document = (n: number) => ({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Action: ["s3:GetObject", "s3:PutObject", "s3:ListBucket"],
      Resource: [`arn:aws:s3:::bucket-${n}`, `arn:aws:s3:::bucket-${n}/*`],
    },
    {
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: "*",
      Condition: { StringEquals: { "kms:ViaService": "s3.eu-west-1.amazonaws.com" } },
    },
    ...(oneIn(30, n) ? [{ Effect: "Allow", Action: "*", Resource: "*" }] : []),
  ],
});

export const identity = (n: number) => ({
  path: "/",
  createdAt: day(n % 1500),
  attachedPolicies: [{ name: "app", arn: `arn:aws:iam::${account}:policy/app-${n}` }],
  inlinePolicies: oneIn(3, n) ? [{ name: "own", document: document(n) }] : [],
});

export const user = (n: number): ResourceConfigs["aws.iam.user"] => ({
  ...identity(n),
  attachedPolicies: oneIn(5, n) ? identity(n).attachedPolicies : [],
  groups: ["developers"],
  credentials: {
    passwordEnabled: !oneIn(3, n),
    passwordLastUsedAt: oneIn(6, n) ? null : day(n % 100),
    passwordChangedAt: day(n % 200),
    mfaActive: !oneIn(10, n),
    accessKeys: ([1, 2] as const).slice(0, n % 3).map((slot) => ({
      n: slot,
      active: !oneIn(4, n + slot),
      createdAt: day((n * slot) % 400),
      lastUsedAt: oneIn(5, n) ? null : day(n % 90),
      lastUsedRegion: "eu-west-1",
      lastUsedService: "s3",
    })),
  },
});

export const policy = (n: number): ResourceConfigs["aws.iam.policy"] => ({
  managedBy: oneIn(4, n) ? "aws" : "customer",
  path: "/",
  createdAt: day(900),
  updatedAt: day(90),
  attachmentCount: n % 4,
  defaultVersionId: "v3",
  document: document(n),
});

export const trail = (n: number): ResourceConfigs["aws.cloudtrail.trail"] => ({
  homeRegion: "eu-west-1",
  isMultiRegion: n === 2,
  isOrganization: false,
  includesGlobalServiceEvents: true,
  logFileValidation: n !== 1,
  kmsKeyId: null,
  bucketName: "trail-logs",
  logGroupArn: null,
  snsTopicArn: null,
  status: { isLogging: true, latestDeliveryError: null },
  eventSelectors: { basic: [], advanced: [] },
});

export const recorder = (): ResourceConfigs["aws.config.region"] => ({
  recorders: [
    {
      name: "default",
      strategy: "ALL_SUPPORTED_RESOURCE_TYPES",
      includesGlobalTypes: true,
      includedTypes: [],
      excludedTypes: [],
    },
  ],
  recorderStatus: [{ name: "default", isRecording: true, lastStatus: "Success" }],
  deliveryChannels: [{ name: "default", bucketName: "config" }],
});

export const analyzers = (): ResourceConfigs["aws.accessanalyzer.region"] => ({
  analyzers: ["ACCOUNT", "ACCOUNT_UNUSED_ACCESS"].map((type) => ({
    name: type.toLowerCase(),
    arn: `arn:aws:access-analyzer:eu-west-1:${account}:analyzer/${type.toLowerCase()}`,
    type,
    status: "ACTIVE",
    statusReason: null,
  })),
});

export const hub = {
  arn: `arn:aws:securityhub:eu-west-1:${account}:hub/default`,
  subscribedAt: day(400),
  autoEnableControls: true,
};

export const wholeAccount = (): ResourceConfigs["aws.account"] => ({
  alias: "acme",
  passwordPolicy: null,
  summary: {
    rootMfaEnabled: true,
    rootAccessKeysPresent: false,
    rootSigningCertificatesPresent: false,
    rootPasswordPresent: true,
  },
});
