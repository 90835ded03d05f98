import { accountSettingsUid } from "#lib/inventory/aws/account-settings.ts";
import type { ResourceConfigs } from "#lib/inventory/kinds.ts";
import type { Kind, Resource } from "#lib/inventory/model.ts";
import {
  account,
  analyzers,
  bucket,
  database,
  day,
  disk,
  fileSystem,
  hub,
  identity,
  instance,
  key,
  networkAcl,
  oneIn,
  policy,
  range,
  recorder,
  securityGroup,
  trail,
  user,
  vpc,
  wholeAccount,
} from "./sample-configs.ts";

const regions = ["eu-west-1", "eu-central-1", "us-east-1"];

/** One account of a mid-sized company, in its usual proportions: about 19,000 resources, the same at each call. */
export function makeSampleAccount(): Resource[] {
  const made: Resource[] = [];
  const add = <K extends Kind>(
    kind: K,
    count: number,
    config: (index: number) => ResourceConfigs[K],
    region?: string,
  ) => {
    for (const index of range(count)) {
      const name = `${kind.split(".").at(-1)}-${index}`;
      const at = region ?? regions[index % regions.length] ?? "eu-west-1";
      const resource = {
        uid:
          kind === "aws.s3.bucket"
            ? `arn:aws:s3:::${name}`
            : `arn:aws:${kind.split(".")[1]}:${at}:${account}:${name}`,
        kind,
        account,
        region: at,
        name,
        tags: { team: `team-${index % 12}`, env: oneIn(3, index) ? "production" : "staging" },
        config: config(index),
        unread: [],
      };
      made.push(resource as unknown as Resource);
    }
  };

  add("aws.ec2.instance", 2_500, instance);
  add("aws.ec2.volume", 4_000, (n) => ({ ...disk(n), type: "gp3", attachedTo: [`i-${n}`] }));
  add("aws.ec2.snapshot", 6_000, (n) => ({ ...disk(n), volumeId: `vol-${n}`, isPublic: oneIn(500, n) }));
  add("aws.ec2.security-group", 1_200, securityGroup);
  add("aws.ec2.vpc", 30, vpc);
  add("aws.ec2.network-acl", 60, networkAcl);
  add("aws.rds.instance", 250, database);
  add("aws.efs.file-system", 60, fileSystem);
  add("aws.kms.key", 400, key);
  add("aws.s3.bucket", 1_200, bucket);
  add("aws.iam.user", 600, user, "global");
  add("aws.iam.role", 1_800, identity, "global");
  add("aws.iam.group", 40, identity, "global");
  add("aws.iam.policy", 700, policy, "global");
  add(
    "aws.iam.server-certificate",
    8,
    (n) => ({ path: "/", uploadedAt: day(400), expiresAt: day(n * 30 - 90) }),
    "global",
  );
  add("aws.cloudtrail.trail", 3, trail);
  for (const region of regions) {
    const services = ["ec2", "config", "guardduty", "access-analyzer", "securityhub"] as const;
    const first = made.length;
    add("aws.ec2.region", 1, () => ({ ebsEncryptionByDefault: region === "eu-west-1" }), region);
    add("aws.config.region", 1, recorder, region);
    add("aws.guardduty.region", 1, () => ({ detector: { id: "d", enabled: true, features: [] } }), region);
    add("aws.accessanalyzer.region", 1, analyzers, region);
    add("aws.securityhub.region", 1, () => ({ hub: region === "eu-west-1" ? hub : null }), region);
    for (const [index, service] of services.entries()) {
      const resource = made[first + index];
      if (resource) resource.uid = accountSettingsUid("aws", service, region, account);
    }
  }
  add("aws.s3.account", 1, () => ({ publicAccessBlock: null }), "global");
  add("aws.account", 1, wholeAccount, "global");
  return made;
}
