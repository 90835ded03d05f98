import { AwsError } from "../../model.ts";
import type { Operations } from "../operations.ts";
import { type Describing, describeItems } from "./describe.ts";
import { findInstance, findSnapshot, findVolume } from "./find.ts";
import { ec2, newId, tagsFor, type VolumeState } from "./state.ts";

const volumes: Describing<VolumeState> = {
  id: (volume) => volume.VolumeId,
  tags: (volume) => volume.Tags,
  notFound: ["InvalidVolume.NotFound", "volume"],
  filters: {
    "volume-id": (volume) => volume.VolumeId,
    encrypted: (volume) => volume.Encrypted,
    status: (volume) => volume.State,
    "volume-type": (volume) => volume.VolumeType,
    size: (volume) => volume.Size,
    "snapshot-id": (volume) => volume.SnapshotId,
    "availability-zone": (volume) => volume.AvailabilityZone,
    "attachment.instance-id": (volume) => volume.Attachments?.map((one) => one.InstanceId),
    "attachment.device": (volume) => volume.Attachments?.map((one) => one.Device),
    "attachment.status": (volume) => volume.Attachments?.map((one) => one.State),
  },
};

export const volumeHandlers = {
  DescribeVolumes: (input, call) => {
    const page = describeItems(ec2(call).volumes.values(), input, input.VolumeIds, volumes);
    return { Volumes: page.items, NextToken: page.next };
  },

  CreateVolume: (input, call) => {
    const state = ec2(call);
    if (!input.AvailabilityZone?.startsWith(call.region)) {
      throw new AwsError("InvalidZone.NotFound", `The zone '${input.AvailabilityZone}' does not exist.`);
    }
    const source = input.SnapshotId ? findSnapshot(state, input.SnapshotId) : null;
    const Encrypted = Boolean(input.Encrypted || source?.Encrypted || state.ebsEncryptionByDefault);
    const volume: VolumeState = {
      VolumeId: newId("vol"),
      AvailabilityZone: input.AvailabilityZone,
      Size: input.Size ?? source?.VolumeSize ?? 8,
      VolumeType: input.VolumeType ?? "gp2",
      Iops: input.Iops ?? 100,
      SnapshotId: input.SnapshotId ?? "",
      State: "available",
      CreateTime: call.now,
      Attachments: [],
      Encrypted,
      ...(Encrypted ? { KmsKeyId: input.KmsKeyId ?? source?.KmsKeyId ?? state.ebsDefaultKmsKeyId } : {}),
      MultiAttachEnabled: input.MultiAttachEnabled ?? false,
      Tags: tagsFor(input.TagSpecifications, "volume"),
    };
    state.volumes.set(volume.VolumeId, volume);
    return volume;
  },

  DeleteVolume: (input, call) => {
    const state = ec2(call);
    const volume = findVolume(state, input.VolumeId);
    if (volume.State === "in-use") {
      const instanceId = volume.Attachments?.[0]?.InstanceId;
      throw new AwsError("VolumeInUse", `Volume ${volume.VolumeId} is currently attached to ${instanceId}`);
    }
    state.volumes.delete(volume.VolumeId);
    return {};
  },

  AttachVolume: (input, call) => {
    const state = ec2(call);
    const volume = findVolume(state, input.VolumeId);
    const { instance } = findInstance(state, input.InstanceId);
    if (volume.State !== "available") {
      throw new AwsError("VolumeInUse", `${volume.VolumeId} is already attached to an instance`);
    }
    if (volume.AvailabilityZone !== instance.Placement?.AvailabilityZone) {
      throw new AwsError(
        "InvalidVolume.ZoneMismatch",
        `The volume '${volume.VolumeId}' is not in the same availability zone as instance '${instance.InstanceId}'`,
      );
    }
    const mappings = instance.BlockDeviceMappings ?? [];
    if (mappings.some((one) => one.DeviceName === input.Device)) {
      throw new AwsError(
        "InvalidParameterValue",
        `Invalid value '${input.Device}' for unixDevice. Attachment point ${input.Device} is already in use`,
      );
    }
    const attachment = {
      VolumeId: volume.VolumeId,
      InstanceId: instance.InstanceId,
      Device: input.Device,
      State: "attached" as const,
      AttachTime: call.now,
      DeleteOnTermination: false,
    };
    volume.State = "in-use";
    volume.Attachments = [attachment];
    instance.BlockDeviceMappings = [
      ...mappings,
      {
        DeviceName: input.Device,
        Ebs: {
          VolumeId: volume.VolumeId,
          AttachTime: call.now,
          Status: "attached",
          DeleteOnTermination: false,
        },
      },
    ];
    return { ...attachment, State: "attaching" };
  },

  DetachVolume: (input, call) => {
    const state = ec2(call);
    const volume = findVolume(state, input.VolumeId);
    const attachment = volume.Attachments?.[0];
    if (!attachment || (input.InstanceId && input.InstanceId !== attachment.InstanceId)) {
      throw new AwsError("IncorrectState", `Volume '${volume.VolumeId}' is in the 'available' state.`);
    }
    const { instance } = findInstance(state, attachment.InstanceId);
    if (attachment.Device === instance.RootDeviceName && instance.State.Name === "running") {
      throw new AwsError(
        "OperationNotPermitted",
        `Unable to detach root volume '${volume.VolumeId}' from instance '${instance.InstanceId}'`,
      );
    }
    instance.BlockDeviceMappings = instance.BlockDeviceMappings?.filter(
      (one) => one.Ebs?.VolumeId !== volume.VolumeId,
    );
    volume.State = "available";
    volume.Attachments = [];
    return { ...attachment, State: "detaching" };
  },
} satisfies Operations<typeof import("@aws-sdk/client-ec2")>;
