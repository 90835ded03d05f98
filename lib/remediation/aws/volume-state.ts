import {
  DescribeInstancesCommand,
  DescribeSnapshotsCommand,
  DescribeVolumesCommand,
  type Instance,
  type Volume,
} from "@aws-sdk/client-ec2";
import type { AwsAccess } from "#lib/clouds/access.ts";
import type { OperationContext } from "../operation.ts";
import { ownTags, plainTags } from "./ec2-tags.ts";
import { isNamed } from "./errors.ts";
import { idOf } from "./security-group-rules.ts";

export type Attachment = { instance: string; device: string; endsWithInstance: boolean };

/** A volume, what it is attached to, and what fixes made to take its place. */
export type VolumeState = {
  volume: {
    encrypted: boolean;
    zone: string;
    sizeGib: number;
    type: string;
    iops: number | null;
    throughput: number | null;
    /** May be attached to several instances at once. */
    isShared: boolean;
    tags: { [key: string]: string };
  };
  attachment: Attachment | null;
  /** The instance that the volume, or the copy in its place, is attached to. */
  instance: {
    id: string;
    state: string;
    isSpot: boolean;
    /** Of an Auto Scaling group, which replaces whatever stops. */
    isScaled: boolean;
    bootsFromVolume: boolean;
    /** What becomes of its public address when it stops. */
    address: "none" | "stays" | "changes";
  } | null;
  copies: { id: string; attachment: Attachment | null }[];
  snapshots: string[];
  /** Whether a fix has begun, and what state the instance was in before it. */
  underWay: string | null;
};

/** Null when the volume is gone. */
export async function readVolumeState(
  access: AwsAccess,
  { target, signal }: OperationContext,
): Promise<VolumeState | null> {
  const { ec2 } = access.clients(target.region);
  const options = { abortSignal: signal };
  const id = idOf(target.uid);
  const made = { Filters: [{ Name: `tag:${ownTags.replaces}`, Values: [id] }] };
  const [volume, copies, snapshots] = await Promise.all([
    ec2.send(new DescribeVolumesCommand({ VolumeIds: [id] }), options).then(
      ({ Volumes = [] }) => Volumes[0],
      (error: unknown) => {
        if (isNamed(error, "InvalidVolume.NotFound")) return undefined;
        throw error;
      },
    ),
    ec2.send(new DescribeVolumesCommand(made), options),
    ec2.send(new DescribeSnapshotsCommand({ OwnerIds: ["self"], ...made }), options),
  ]);
  if (!volume) return null;
  const attachment = attachmentOf(volume);
  const standing = (copies.Volumes ?? [])
    .map((copy) => ({ id: copy.VolumeId ?? "", attachment: attachmentOf(copy) }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const instanceId = attachment?.instance ?? standing.find((one) => one.attachment)?.attachment?.instance;
  return {
    volume: {
      encrypted: volume.Encrypted ?? false,
      zone: volume.AvailabilityZone ?? "",
      sizeGib: volume.Size ?? 0,
      type: volume.VolumeType ?? "",
      iops: volume.Iops ?? null,
      throughput: volume.Throughput ?? null,
      isShared: volume.MultiAttachEnabled ?? false,
      tags: plainTags(volume.Tags),
    },
    attachment,
    instance: instanceId === undefined ? null : await readInstance(instanceId),
    copies: standing,
    snapshots: (snapshots.Snapshots ?? []).flatMap(({ SnapshotId }) => SnapshotId ?? []).sort(),
    underWay: volume.Tags?.find(({ Key }) => Key === ownTags.underWay)?.Value ?? null,
  };

  async function readInstance(instance: string): Promise<VolumeState["instance"]> {
    const command = new DescribeInstancesCommand({ InstanceIds: [instance] });
    const { Reservations = [] } = await ec2.send(command, options);
    const found = Reservations[0]?.Instances?.[0];
    return found ? describeInstance(instance, found) : null;
  }
}

function attachmentOf({ Attachments = [] }: Volume): Attachment | null {
  const [one] = Attachments;
  if (!one) return null;
  return {
    instance: one.InstanceId ?? "",
    device: one.Device ?? "",
    endsWithInstance: one.DeleteOnTermination ?? false,
  };
}

function describeInstance(id: string, instance: Instance): VolumeState["instance"] {
  const owners = (instance.NetworkInterfaces ?? []).flatMap(
    ({ Association }) => Association?.IpOwnerId ?? [],
  );
  return {
    id,
    state: instance.State?.Name ?? "",
    isSpot: instance.InstanceLifecycle === "spot",
    isScaled: instance.Tags?.some(({ Key }) => Key === "aws:autoscaling:groupName") ?? false,
    bootsFromVolume: instance.RootDeviceType !== "instance-store",
    address: owners.includes("amazon") ? "changes" : owners.length > 0 ? "stays" : "none",
  };
}
