import { addImage, addInstance, addSnapshot, addVolume } from "../build/compute.ts";
import { addPolicy, addRole, addUser } from "../build/iam.ts";
import { addKey } from "../build/kms.ts";
import { addVpc, type Network } from "../build/network.ts";
import { addBucket, allowReads, denyPlainHttp } from "../build/s3.ts";
import { addSecurityGroup, type GroupRef, type RuleSpec } from "../build/security-group.ts";
import { inRegion, makeId, type Site, type Tags } from "../build/site.ts";
import { type Environment, tagsOf } from "./company.ts";
import { namePerson, nameWorkload } from "./names.ts";
import type { Networks } from "./networks.ts";
import { addShare, addStore } from "./workload-stores.ts";

/** Workloads at scale 1, and how careless their owners are compared with production's. */
const profiles: Record<Environment, { count: number; carelessness: number; short: string }> = {
  production: { count: 6, carelessness: 1, short: "prod" },
  staging: { count: 3, carelessness: 2.5, short: "staging" },
  security: { count: 1, carelessness: 0.2, short: "sec" },
};

const perNetwork = 12;

/** What one workload is made of. */
export type Workload = {
  site: Site;
  network: Network;
  name: string;
  tags: Tags;
  /** True in a share of all cases that grows with carelessness. */
  isCareless: (share: number) => boolean;
  short: string;
};

/** Adds ordinary workloads in a company's usual proportions: `scale` times as many as at scale 1. */
export function addWorkloads(site: Site, environment: Environment, networks: Networks, scale: number): void {
  const { count, carelessness, short } = profiles[environment];
  const { random } = site;
  const inUse = new Map(
    Object.entries(networks).map(([region, network]) => [region, { network, workloads: 0, built: 0 }]),
  );
  for (let n = 0; n < Math.round(count * scale); n++) {
    const region = random.pick(["eu-west-1", "eu-west-1", "eu-west-1", "eu-central-1", "us-east-1"]);
    const here = inRegion(site, region);
    const place = inUse.get(region);
    if (!place) continue;
    if (place.workloads === perNetwork) {
      place.workloads = 0;
      place.built++;
      place.network = addVpc(here, {
        name: `acme-${short}-${String(place.built).padStart(2, "0")}`,
        prefix: `10.${64 + (place.built % 190)}`,
        flowLogs: random.chance(0.8 / Math.max(1, carelessness)) ? random.pick(["ALL", "REJECT"]) : "none",
        defaultGroup: random.chance(0.75) ? "emptied" : "as-made",
        networkAcl: random.pick(["web-only", "web-only", "admin-denied-first", "as-made"]),
        tags: tagsOf(environment, "platform"),
      });
    }
    place.workloads++;
    const { name, team } = nameWorkload(n);
    const tags = tagsOf(environment, team, {
      Application: name,
      ManagedBy: random.pick(["terraform", "terraform", "cdk", "console"]),
    });
    const isCareless = (share: number) => random.chance(share * carelessness);
    addWorkload({ site: here, network: place.network, name, tags, isCareless, short });
    if (random.chance(0.18)) addPerson(here, n, isCareless);
  }
}

function addWorkload(workload: Workload): void {
  const { site, name, tags, short, isCareless } = workload;
  const { random } = site;
  const keyArn = random.chance(0.35)
    ? addKey(site, {
        alias: `${name}-${site.region}`,
        description: `Data of ${name}`,
        isRotated: !isCareless(0.15),
        tags,
      })
    : undefined;
  const group = addGroups(workload);
  const policyArn = random.chance(0.3)
    ? addPolicy(site, {
        name: `${name}-access`,
        description: `What ${name} may do`,
        statements: [allowBucket(`acme-${short}-${name}`)],
        tags,
      })
    : undefined;
  const { profileArn } = addRole(site, {
    name,
    trust: "ec2.amazonaws.com",
    attached: ["AmazonSSMManagedInstanceCore", ...(policyArn ? [policyArn] : [])],
    inline: policyArn ? {} : { data: [allowBucket(`acme-${short}-${name}`)] },
    hasProfile: true,
    tags,
  });
  addMachines(workload, group, profileArn, keyArn);
  addBuckets(workload, keyArn);
  if (random.chance(0.4)) addStore(workload, group, keyArn);
  if (random.chance(0.1)) addShare(workload, keyArn);
}

const allowBucket = (bucket: string) => ({
  Effect: "Allow",
  Action: ["s3:GetObject", "s3:PutObject"],
  Resource: `arn:aws:s3:::${bucket}/*`,
});

/** Ways in which groups of ordinary workloads were left open. */
const mistakes: [RuleSpec, ...RuleSpec[]] = [
  ["tcp", 22, "0.0.0.0/0", "debugging"],
  ["tcp", 22, "::/0"],
  ["tcp", [0, 65_535], "0.0.0.0/0"],
  ["tcp", 3389, "0.0.0.0/0"],
  ["-1", null, "0.0.0.0/0", "remove me"],
];

function addGroups({ site, network, name, tags, isCareless }: Workload): GroupRef {
  const port = site.random.pick([8080, 8443, 9000, 3000]);
  const ingress: RuleSpec[] = [["tcp", port, `${network.prefix}.0.0/16`, "from inside the VPC"]];
  if (site.random.chance(0.3)) {
    const balancer = addSecurityGroup(site, network.vpcId, {
      name: `${name}-alb`,
      description: `Load balancer of ${name}`,
      ingress: [["tcp", 443, "0.0.0.0/0"]],
      tags,
    });
    ingress.push(["tcp", port, balancer.GroupId, "from the load balancer"]);
  }
  if (isCareless(0.03)) ingress.push(site.random.pick(mistakes));
  return addSecurityGroup(site, network.vpcId, {
    name: `${name}-app`,
    description: `Servers of ${name}`,
    ingress,
    tags,
  });
}

const instanceTypes = ["t3.medium", "m6i.large", "m6i.xlarge", "c6i.large", "r6i.large"] as const;

function addMachines(workload: Workload, group: GroupRef, profileArn: string, kmsKeyArn?: string): void {
  const { site, network, name, tags, isCareless } = workload;
  const { random } = site;
  const reservationId = makeId(site, "r");
  const type = random.pick(instanceTypes);
  const isOld = isCareless(0.1);
  const ageDays = isOld ? 700 + random.int(900) : 5 + random.int(300);
  const volume = (sizeGib: number) => ({
    sizeGib,
    kmsKeyArn: isOld && random.chance(0.7) ? null : kmsKeyArn,
  });
  const count = 2 + random.int(4);
  for (let n = 1; n <= count; n++) {
    const { volumeIds } = addInstance(site, {
      name: `${name}-${n}`,
      network,
      groups: [group],
      type,
      reservationId,
      ageDays,
      state: random.chance(0.05) ? "stopped" : "running",
      imds: isOld || isCareless(0.05) ? "optional" : "required",
      isPublic: isCareless(0.03),
      profileArn: isCareless(0.1) ? undefined : profileArn,
      volumes: [volume(30), ...(random.chance(0.4) ? [volume(random.pick([100, 200, 500]))] : [])],
      tags,
    });
    for (const volumeId of volumeIds.filter(() => random.chance(0.6))) {
      const isPublic = isOld && isCareless(0.05);
      addSnapshot(site, {
        description: `Created by backup policy for ${name}-${n}`,
        volumeId,
        ageDays: 1 + random.int(30),
        ...(isPublic ? { sharedWith: "all", isEncrypted: false } : {}),
        tags,
      });
    }
  }
  const zone = network.subnets[1]?.zone ?? `${site.region}a`;
  if (random.chance(0.12)) addVolume(site, { ...volume(100), zone, ageDays, name: `${name}-restore`, tags });
  if (random.chance(0.1)) addImage(site, `${name}-base`, { ageDays, tags });
}

function addBuckets({ site, name, tags, isCareless, short }: Workload, kmsKeyArn?: string): void {
  const { random } = site;
  for (const suffix of random.chance(0.15) ? ["", "-archive"] : [""]) {
    const bucket = `acme-${short}-${name}${suffix}`;
    const isPublic = isCareless(0.01);
    const statements = [
      ...(random.chance(0.65) ? [denyPlainHttp(bucket)] : []),
      ...(isPublic ? [allowReads(bucket)] : []),
    ];
    addBucket(site, bucket, {
      tags,
      ageDays: 30 + random.int(1500),
      block: isPublic || isCareless(0.06) ? "none" : "all",
      versioning: suffix || random.chance(0.6) ? "Enabled" : undefined,
      kmsKeyArn,
      ...(statements.length > 0 ? { policy: statements } : {}),
    });
  }
}

function addPerson(site: Site, n: number, isCareless: (share: number) => boolean): void {
  const { random } = site;
  const ageDays = 60 + random.int(1400);
  addUser(site, {
    name: namePerson(n),
    ageDays,
    mfa: isCareless(0.1) ? "none" : "virtual",
    password: {
      changedDaysAgo: random.int(ageDays),
      usedDaysAgo: isCareless(0.12) ? 46 + random.int(200) : random.int(30),
    },
    keys: random.chance(0.3)
      ? [{ ageDays: random.int(isCareless(0.4) ? ageDays : 88), usedDaysAgo: random.int(20) }]
      : [],
    groups: [site.account.name.includes("Security") ? "SecurityEngineers" : "Developers"],
  });
}
