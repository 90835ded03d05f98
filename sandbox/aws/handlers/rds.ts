import type { DBCluster, DBInstance, DBSnapshot, DBSnapshotAttribute, Tag } from "@aws-sdk/client-rds";
import { AwsError, type Call } from "../model.ts";
import { type FilterFields, filterItems } from "./ec2/describe.ts";
import type { Operations } from "./operations.ts";
import { takePage } from "./paging.ts";
import { findAccount, regionalState } from "./state.ts";

export type InstanceState = DBInstance & { DBInstanceIdentifier: string };
export type ClusterState = DBCluster & { DBClusterIdentifier: string };
export type SnapshotState = {
  snapshot: DBSnapshot & { DBSnapshotIdentifier: string };
  restorableBy: string[];
};

export const rdsState = regionalState("rds", () => ({
  instances: new Map<string, InstanceState>(),
  clusters: new Map<string, ClusterState>(),
  snapshots: new Map<string, SnapshotState>(),
}));

const rds = (call: Call) => rdsState(findAccount(call), call.region);

type Paging = { Marker?: string; MaxRecords?: number };

function pageOf<T>(items: T[], input: Paging, key: (item: T) => string) {
  return takePage(items, { token: input.Marker, max: input.MaxRecords, key });
}

const instanceFilters: FilterFields<InstanceState> = {
  "db-instance-id": (one) => [one.DBInstanceIdentifier, one.DBInstanceArn],
  "db-cluster-id": (one) => one.DBClusterIdentifier,
  "dbi-resource-id": (one) => one.DbiResourceId,
  engine: (one) => one.Engine,
};

export const rdsHandlers = {
  DescribeDBInstances: (input, call) => {
    const { instances } = rds(call);
    const chosen = input.DBInstanceIdentifier
      ? [findInstance(input.DBInstanceIdentifier, call)]
      : [...instances.values()];
    const describing = { tags: (one: InstanceState) => one.TagList, filters: instanceFilters };
    const page = pageOf(
      filterItems(chosen, input.Filters, describing),
      input,
      (one) => one.DBInstanceIdentifier,
    );
    return { DBInstances: page.items, Marker: page.next };
  },
  DescribeDBClusters: (input, call) => {
    const { clusters } = rds(call);
    const wanted = input.DBClusterIdentifier;
    const chosen = [...clusters.values()].filter(
      (one) => !wanted || one.DBClusterIdentifier === wanted || one.DBClusterArn === wanted,
    );
    if (wanted && chosen.length === 0) {
      throw new AwsError("DBClusterNotFoundFault", `DBCluster ${wanted} not found.`, 404);
    }
    const page = pageOf(chosen, input, (one) => one.DBClusterIdentifier);
    return { DBClusters: page.items, Marker: page.next };
  },
  DescribeDBSnapshots: (input, call) => {
    if (input.DBSnapshotIdentifier) findSnapshot(input.DBSnapshotIdentifier, call);
    const chosen = [...rds(call).snapshots.values()].filter(
      ({ snapshot }) =>
        (!input.DBSnapshotIdentifier || snapshot.DBSnapshotIdentifier === input.DBSnapshotIdentifier) &&
        (!input.DBInstanceIdentifier || snapshot.DBInstanceIdentifier === input.DBInstanceIdentifier) &&
        (!input.SnapshotType || snapshot.SnapshotType === input.SnapshotType),
    );
    const page = pageOf(chosen, input, ({ snapshot }) => snapshot.DBSnapshotIdentifier);
    return { DBSnapshots: page.items.map(({ snapshot }) => snapshot), Marker: page.next };
  },
  DescribeDBSnapshotAttributes: (input, call) => ({
    DBSnapshotAttributesResult: describeAttributes(findSnapshot(input.DBSnapshotIdentifier, call)),
  }),
  ModifyDBSnapshotAttribute: (input, call) => {
    const found = findSnapshot(input.DBSnapshotIdentifier, call);
    const add = input.ValuesToAdd ?? [];
    if (add.includes("all") && found.snapshot.Encrypted) {
      throw new AwsError("InvalidParameterValue", "Encrypted snapshots can't be shared publicly.");
    }
    const removed = new Set(input.ValuesToRemove);
    found.restorableBy = [...new Set([...found.restorableBy, ...add])].filter((one) => !removed.has(one));
    return { DBSnapshotAttributesResult: describeAttributes(found) };
  },

  ModifyDBInstance: (input, call) => {
    const instance = findInstance(input.DBInstanceIdentifier, call);
    if (instance.DBInstanceStatus !== "available") {
      throw new AwsError(
        "InvalidDBInstanceState",
        `Instance ${instance.DBInstanceIdentifier} is not available.`,
      );
    }
    // These hold at once; the others wait for the maintenance window unless the request says otherwise.
    const immediate = pickGiven({
      PubliclyAccessible: input.PubliclyAccessible,
      AutoMinorVersionUpgrade: input.AutoMinorVersionUpgrade,
      BackupRetentionPeriod: input.BackupRetentionPeriod,
      CopyTagsToSnapshot: input.CopyTagsToSnapshot,
      DeletionProtection: input.DeletionProtection,
      IAMDatabaseAuthenticationEnabled: input.EnableIAMDatabaseAuthentication,
      CACertificateIdentifier: input.CACertificateIdentifier,
      PreferredBackupWindow: input.PreferredBackupWindow,
      PreferredMaintenanceWindow: input.PreferredMaintenanceWindow,
    });
    const deferrable = pickGiven({
      MultiAZ: input.MultiAZ,
      DBInstanceClass: input.DBInstanceClass,
      AllocatedStorage: input.AllocatedStorage,
      EngineVersion: input.EngineVersion,
      StorageType: input.StorageType,
    });
    Object.assign(instance, immediate);
    if (input.ApplyImmediately) Object.assign(instance, deferrable);
    else instance.PendingModifiedValues = { ...instance.PendingModifiedValues, ...deferrable };
    if (input.VpcSecurityGroupIds) {
      instance.VpcSecurityGroups = input.VpcSecurityGroupIds.map((VpcSecurityGroupId) => ({
        VpcSecurityGroupId,
        Status: "active",
      }));
    }
    return { DBInstance: instance };
  },

  ListTagsForResource: (input, call) => ({ TagList: findTagged(input.ResourceName, call).TagList ?? [] }),
  AddTagsToResource: (input, call) => {
    const tagged = findTagged(input.ResourceName, call);
    const given = input.Tags ?? [];
    const kept = (tagged.TagList ?? []).filter((tag) => !given.some((one) => one.Key === tag.Key));
    tagged.TagList = [...kept, ...given];
    return {};
  },
} satisfies Operations<typeof import("@aws-sdk/client-rds")>;

function findInstance(identifier: string | undefined, call: Call): InstanceState {
  const name = identifier?.split(":").at(-1) ?? "";
  const found = rds(call).instances.get(name);
  if (!found) throw new AwsError("DBInstanceNotFound", `DBInstance ${name} not found.`, 404);
  return found;
}

function findSnapshot(identifier: string | undefined, call: Call): SnapshotState {
  const found = rds(call).snapshots.get(identifier ?? "");
  if (!found) throw new AwsError("DBSnapshotNotFound", `DBSnapshot ${identifier} not found.`, 404);
  return found;
}

function findTagged(arn: string | undefined, call: Call): { TagList?: Tag[] } {
  const [type, name = ""] = (arn ?? "").split(":").slice(5);
  const { instances, clusters, snapshots } = rds(call);
  const found =
    type === "db"
      ? instances.get(name)
      : type === "cluster"
        ? clusters.get(name)
        : snapshots.get(name)?.snapshot;
  if (!found)
    throw new AwsError("InvalidParameterValue", `The specified resource name does not match: ${arn}`);
  return found;
}

function describeAttributes({ snapshot, restorableBy }: SnapshotState) {
  const restore: DBSnapshotAttribute = { AttributeName: "restore", AttributeValues: restorableBy };
  return { DBSnapshotIdentifier: snapshot.DBSnapshotIdentifier, DBSnapshotAttributes: [restore] };
}

function pickGiven<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
}
