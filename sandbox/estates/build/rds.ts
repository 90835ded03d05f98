import { rdsState } from "#sandbox/aws/handlers/rds.ts";
import type { Network } from "./network.ts";
import type { GroupRef } from "./security-group.ts";
import { arnOf, daysAgo, type Site, type Tags, toTags } from "./site.ts";

export type DatabaseSpec = {
  name: string;
  network: Network;
  groups: GroupRef[];
  engine?: "postgres" | "mysql" | "aurora-postgresql" | "sqlserver-se";
  engineVersion?: string;
  instanceClass?: string;
  status?: string;
  ageDays?: number;
  sizeGib?: number;
  /** `null`: not encrypted. */
  kmsKeyArn: string | null;
  isPublic?: boolean;
  hasMinorUpgrades?: boolean;
  isMultiAz?: boolean;
  isProtected?: boolean;
  backupDays?: number;
  clusterId?: string;
  /** Which of the network's subnets it is in; the first private one when left out. */
  subnet?: 1 | 2;
  tags?: Tags;
};

const defaults = {
  postgres: { version: "16.4", port: 5432 },
  mysql: { version: "8.0.39", port: 3306 },
  "aurora-postgresql": { version: "16.4", port: 5432 },
  "sqlserver-se": { version: "15.00.4395.2.v1", port: 1433 },
};

export function addDatabase(site: Site, spec: DatabaseSpec): void {
  const { name, network, engine = "postgres", kmsKeyArn, isProtected = true } = spec;
  const { version, port } = defaults[engine];
  const subnet = network.subnets[spec.subnet ?? 1];
  rdsState(site.account, site.region).instances.set(name, {
    DBInstanceIdentifier: name,
    DBInstanceArn: arnOf(site, "rds", `db:${name}`),
    DbiResourceId: `db-${site.random.hex(26).toUpperCase()}`,
    DBInstanceClass: spec.instanceClass ?? "db.m6g.large",
    Engine: engine,
    EngineVersion: spec.engineVersion ?? version,
    DBInstanceStatus: spec.status ?? "available",
    MasterUsername: "acme_admin",
    Endpoint: { Address: `${name}.c${site.random.hex(11)}.${site.region}.rds.amazonaws.com`, Port: port },
    AllocatedStorage: spec.sizeGib ?? 100,
    InstanceCreateTime: daysAgo(site, spec.ageDays ?? 250),
    BackupRetentionPeriod: spec.backupDays ?? 7,
    VpcSecurityGroups: spec.groups.map(({ GroupId }) => ({ VpcSecurityGroupId: GroupId, Status: "active" })),
    AvailabilityZone: subnet?.zone,
    DBSubnetGroup: { DBSubnetGroupName: "acme-private", VpcId: network.vpcId, SubnetGroupStatus: "Complete" },
    MultiAZ: spec.isMultiAz ?? false,
    AutoMinorVersionUpgrade: spec.hasMinorUpgrades ?? true,
    PubliclyAccessible: spec.isPublic ?? false,
    StorageType: "gp3",
    StorageEncrypted: kmsKeyArn !== null,
    ...(kmsKeyArn === null ? {} : { KmsKeyId: kmsKeyArn }),
    ...(spec.clusterId ? { DBClusterIdentifier: spec.clusterId } : {}),
    CopyTagsToSnapshot: true,
    IAMDatabaseAuthenticationEnabled: engine === "aurora-postgresql",
    DeletionProtection: isProtected,
    CACertificateIdentifier: "rds-ca-rsa2048-g1",
    TagList: toTags(spec.tags ?? {}),
  });
}

/** An Aurora cluster with a writer and a reader. */
export function addCluster(site: Site, spec: Omit<DatabaseSpec, "engine" | "clusterId" | "subnet">): void {
  const { name, network, kmsKeyArn } = spec;
  const members = [`${name}-writer`, `${name}-reader`];
  for (const [index, member] of members.entries()) {
    const subnet = index === 0 ? 1 : 2;
    addDatabase(site, { ...spec, name: member, engine: "aurora-postgresql", clusterId: name, subnet });
  }
  rdsState(site.account, site.region).clusters.set(name, {
    DBClusterIdentifier: name,
    DBClusterArn: arnOf(site, "rds", `cluster:${name}`),
    Engine: "aurora-postgresql",
    EngineVersion: "16.4",
    Status: "available",
    MultiAZ: true,
    Port: 5432,
    Endpoint: `${name}.cluster-c${site.random.hex(11)}.${site.region}.rds.amazonaws.com`,
    DBSubnetGroup: "acme-private",
    StorageEncrypted: kmsKeyArn !== null,
    ...(kmsKeyArn === null ? {} : { KmsKeyId: kmsKeyArn }),
    VpcSecurityGroups: spec.groups.map(({ GroupId }) => ({ VpcSecurityGroupId: GroupId, Status: "active" })),
    HostedZoneId: network.vpcId,
    DBClusterMembers: members.map((DBInstanceIdentifier, index) => ({
      DBInstanceIdentifier,
      IsClusterWriter: index === 0,
    })),
    DeletionProtection: true,
    ClusterCreateTime: daysAgo(site, spec.ageDays ?? 250),
    TagList: toTags(spec.tags ?? {}),
  });
}

export function addDatabaseSnapshot(
  site: Site,
  name: string,
  database: string,
  options: { ageDays: number; isPublic?: boolean },
): void {
  const { instances, snapshots } = rdsState(site.account, site.region);
  const source = instances.get(database);
  snapshots.set(name, {
    snapshot: {
      DBSnapshotIdentifier: name,
      DBSnapshotArn: arnOf(site, "rds", `snapshot:${name}`),
      DBInstanceIdentifier: database,
      SnapshotCreateTime: daysAgo(site, options.ageDays),
      SnapshotType: "manual",
      Status: "available",
      Engine: source?.Engine,
      EngineVersion: source?.EngineVersion,
      AllocatedStorage: source?.AllocatedStorage,
      Encrypted: source?.StorageEncrypted ?? false,
      ...(source?.KmsKeyId ? { KmsKeyId: source.KmsKeyId } : {}),
      TagList: source?.TagList ?? [],
    },
    restorableBy: options.isPublic ? ["all"] : [],
  });
}
