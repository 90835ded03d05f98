import {
  DescribeSnapshotAttributeCommand,
  paginateDescribeSnapshots,
  paginateDescribeVolumes,
  type Snapshot,
  type Volume,
} from "@aws-sdk/client-ec2";
import { listing, readAndUnread, readPromised, required, timeOf } from "../answers.ts";
import type { Resource } from "../model.ts";
import { accountSettingsUid } from "./account-settings.ts";
import type { AwsCollector, AwsContext } from "./collector.ts";
import { distinct, ec2Arn, ec2Resource, pageSize } from "./ec2-common.ts";

export const volumes: AwsCollector<"aws.ec2.volume"> = {
  kind: "aws.ec2.volume",
  cloud: "aws",
  service: "ec2",
  scope: "regional",
  permissions: ["ec2:DescribeVolumes"],
  collect(context) {
    const { clients, signal } = context;
    const pages = paginateDescribeVolumes({ client: clients.ec2, pageSize }, {}, { abortSignal: signal });
    const found = listing("ec2:DescribeVolumes", pages, (page) => page.Volumes);
    return context.each(found, (volume) => describeVolume(context, volume));
  },
};

async function describeVolume(context: AwsContext, volume: Volume): Promise<Resource<"aws.ec2.volume">> {
  const common = ec2Resource(context, "volume", volume.VolumeId, volume.Tags);
  const { read, unread } = await readPromised(context, common.uid, "ec2:DescribeVolumes", {
    encrypted: volume.Encrypted,
  });
  return {
    ...common,
    kind: "aws.ec2.volume",
    config: {
      state: required(volume.State, "State"),
      ...read,
      kmsKeyId: volume.KmsKeyId ?? null,
      sizeGib: required(volume.Size, "Size"),
      type: required(volume.VolumeType, "VolumeType"),
      createdAt: timeOf(volume.CreateTime),
      attachedTo: distinct((volume.Attachments ?? []).map((attachment) => attachment.InstanceId)),
    },
    unread,
  };
}

export const snapshots: AwsCollector<"aws.ec2.snapshot"> = {
  kind: "aws.ec2.snapshot",
  cloud: "aws",
  service: "ec2",
  scope: "regional",
  permissions: ["ec2:DescribeSnapshots", "ec2:DescribeSnapshotAttribute"],
  async *collect(context) {
    const publicIds = await readPublicIds(context);
    const found = listing("ec2:DescribeSnapshots", ownSnapshots(context), (page) => page.Snapshots);
    yield* context.each(found, (snapshot) => describeSnapshot(context, snapshot, publicIds));
  },
};

const ownSnapshots = ({ clients, signal }: AwsContext, RestorableByUserIds?: string[]) =>
  paginateDescribeSnapshots(
    { client: clients.ec2, pageSize },
    { OwnerIds: ["self"], RestorableByUserIds },
    { abortSignal: signal },
  );

/** The ids of own snapshots that everyone may restore: one list instead of a call per snapshot. */
async function readPublicIds(context: AwsContext): Promise<Set<string> | null | undefined> {
  const { account, partition, region } = context;
  const uid = accountSettingsUid(partition, "ec2", region, account);
  return context.read(uid, "ec2:DescribeSnapshots", async () => {
    const ids = new Set<string>();
    for await (const page of ownSnapshots(context, ["all"])) {
      for (const snapshot of required(page.Snapshots, "Snapshots")) {
        ids.add(required(snapshot.SnapshotId, "SnapshotId"));
      }
    }
    return ids;
  });
}

async function describeSnapshot(
  context: AwsContext,
  snapshot: Snapshot,
  publicIds: Set<string> | null | undefined,
): Promise<Resource<"aws.ec2.snapshot">> {
  const id = required(snapshot.SnapshotId, "SnapshotId");
  // Those listed as public, which are few, are asked for themselves: emulators list all when asked for public ones.
  const isPublic = publicIds?.has(id) ? await confirmPublic(context, id) : publicIds ? false : undefined;
  const common = ec2Resource(context, "snapshot", id, snapshot.Tags);
  const promised = await readPromised(context, common.uid, "ec2:DescribeSnapshots", {
    encrypted: snapshot.Encrypted,
  });
  const facets = readAndUnread({ isPublic });
  return {
    ...common,
    kind: "aws.ec2.snapshot",
    config: {
      state: required(snapshot.State, "State"),
      ...promised.read,
      kmsKeyId: snapshot.KmsKeyId ?? null,
      volumeId: snapshot.VolumeId ?? null,
      sizeGib: required(snapshot.VolumeSize, "VolumeSize"),
      createdAt: timeOf(snapshot.StartTime),
      ...facets.read,
    },
    unread: [...promised.unread, ...facets.unread],
  };
}

async function confirmPublic(context: AwsContext, SnapshotId: string): Promise<boolean | undefined> {
  const { clients, signal, read } = context;
  const isPublic = await read(
    ec2Arn(context, "snapshot", SnapshotId),
    "ec2:DescribeSnapshotAttribute",
    async () => {
      const command = new DescribeSnapshotAttributeCommand({
        SnapshotId,
        Attribute: "createVolumePermission",
      });
      const answer = await clients.ec2.send(command, { abortSignal: signal });
      const permissions = required(answer.CreateVolumePermissions, "CreateVolumePermissions");
      return permissions.some((permission) => permission.Group === "all");
    },
    { gone: ["InvalidSnapshot.NotFound"] },
  );
  return isPublic ?? undefined;
}
