import { s3AccountState } from "#sandbox/aws/handlers/s3/state.ts";
import { addBucket, allowDelivery, allowReads, type BucketOptions, denyPlainHttp } from "../build/s3.ts";
import { inRegion, type Site } from "../build/site.ts";
import { acmeAccounts, type Environment, officeCidr, type TeamKey, tagsOf } from "./company.ts";

type Story = readonly [
  name: string,
  region: string,
  team: TeamKey,
  options: Omit<BucketOptions, "tags">,
  tags?: Record<string, string>,
];

const tlsOnly = (name: string, ...more: object[]): Pick<BucketOptions, "policy"> => ({
  policy: [denyPlainHttp(name), ...more],
});

const production = (kmsKeyArn: string): Story[] => [
  [
    "acme-www-assets",
    "eu-west-1",
    "marketing",
    { block: "none", ageDays: 1500, ...tlsOnly("acme-www-assets", allowReads("acme-www-assets")) },
    { Purpose: "Public website, approved by Security in SEC-219" },
  ],
  [
    "acme-prod-customer-exports",
    "eu-west-1",
    "data",
    { block: "none", ageDays: 730, policy: [allowReads("acme-prod-customer-exports")] },
    { DataClass: "restricted", Purpose: "Nightly exports for merchants" },
  ],
  [
    "acme-prod-payment-receipts",
    "eu-west-1",
    "checkout",
    {
      versioning: "Enabled",
      kmsKeyArn,
      logsTo: "acme-prod-access-logs",
      ...tlsOnly("acme-prod-payment-receipts"),
    },
  ],
  [
    "acme-prod-ledger-archive",
    "eu-central-1",
    "ledger",
    {
      versioning: "Enabled",
      mfaDelete: true,
      isLocked: true,
      kmsKeyArn,
      ...tlsOnly("acme-prod-ledger-archive"),
    },
    { Retention: "10 Jahre (§ 147 AO)" },
  ],
  [
    "acme-prod-partner-exchange",
    "eu-west-1",
    "merchants",
    {
      block: "none",
      policy: [
        allowReads("acme-prod-partner-exchange", {
          StringEquals: { "aws:SourceVpce": "vpce-0a4b6c8d0e1f23456" },
        }),
      ],
    },
  ],
  [
    "acme-prod-any-vpc",
    "us-east-1",
    "data",
    {
      block: "none",
      policy: [allowReads("acme-prod-any-vpc", { StringLike: { "aws:SourceVpc": "vpc-*" } })],
    },
  ],
  [
    "acme-prod-office-downloads",
    "eu-west-1",
    "platform",
    {
      block: "none",
      policy: [allowReads("acme-prod-office-downloads", { IpAddress: { "aws:SourceIp": officeCidr } })],
    },
  ],
  [
    "acme-prod-half-the-internet",
    "us-east-1",
    "payouts",
    {
      block: "none",
      policy: [
        allowReads("acme-prod-half-the-internet", {
          IpAddress: { "aws:SourceIp": ["0.0.0.0/1", "128.0.0.0/1"] },
        }),
      ],
    },
  ],
  ["acme-prod-old-uploads", "us-east-1", "merchants", { block: "none", acl: "public-read", ageDays: 2900 }],
  // Its ACL says public, and the switches for ACLs make nothing of it.
  ["acme-prod-thumbnails", "us-east-1", "merchants", { block: "acls", acl: "public-read", ageDays: 2400 }],
  ["acme-prod-data-lake-raw", "eu-central-1", "data", { versioning: "Suspended", kmsKeyArn }],
  [
    "acme-prod-access-logs",
    "eu-west-1",
    "platform",
    { acl: "log-delivery-write", ...tlsOnly("acme-prod-access-logs") },
  ],
];

const staging: Story[] = [
  [
    "acme-staging-builds",
    "eu-west-1",
    "platform",
    { versioning: "Enabled", ...tlsOnly("acme-staging-builds") },
  ],
  ["acme-staging-test-data", "eu-west-1", "checkout", { block: "none", acl: "authenticated-read" }],
  [
    "acme-staging-org-share",
    "eu-central-1",
    "data",
    {
      block: "none",
      policy: [
        allowReads("acme-staging-org-share", { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } }),
      ],
    },
    { Größe: "klein", Zweck: "Übergabe an Zürich" },
  ],
];

const security: Story[] = [
  [
    "acme-org-cloudtrail",
    "eu-west-1",
    "security",
    {
      versioning: "Enabled",
      mfaDelete: true,
      isLocked: true,
      policy: [
        denyPlainHttp("acme-org-cloudtrail"),
        ...acmeAccounts.map(({ id }) => allowDelivery("acme-org-cloudtrail", "cloudtrail.amazonaws.com", id)),
      ],
    },
  ],
  [
    "acme-org-config",
    "eu-west-1",
    "security",
    {
      versioning: "Enabled",
      policy: [
        denyPlainHttp("acme-org-config"),
        ...acmeAccounts.map(({ id }) => allowDelivery("acme-org-config", "config.amazonaws.com", id)),
      ],
    },
  ],
  [
    "acme-security-evidence",
    "eu-west-1",
    "security",
    { versioning: "Enabled", isLocked: true, ...tlsOnly("acme-security-evidence") },
  ],
];

/** Buckets with a story, and Block Public Access of the account: off, half on, on. */
export function addStoryBuckets(site: Site, environment: Environment, kmsKeyArn: string): void {
  const stories = { production: production(kmsKeyArn), staging, security }[environment];
  for (const [name, region, team, options, tags] of stories) {
    addBucket(inRegion(site, region), name, { ...options, tags: tagsOf(environment, team, tags) });
  }
  const account = s3AccountState(site.account);
  if (environment === "staging") {
    account.publicAccessBlock = {
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: false,
      RestrictPublicBuckets: false,
    };
  }
  if (environment === "security") {
    account.publicAccessBlock = {
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    };
  }
}
