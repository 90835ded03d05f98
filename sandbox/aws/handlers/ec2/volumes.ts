import type { VolumeAttachment } from "@aws-sdk/client-ec2";
import { AwsError } from "../../model.ts";
import type { Operations } from "../operations.ts";
import { type Describing, describeItems } from "./describe.ts";
import { findInstance, findSnapshot, findVolume } from "./find.ts";
import { requireCompleted } from "./snapshots.ts";
import { ec2, newId, settle, tagsFor, type VolumeState } from "./state.ts";
import { performanceOf } from "./volume-performance.ts";

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
    const { ClientToken: token, DryRun: _, ...asked } = input;
    const known = token === undefined ? undefined : state.volumesByToken.get(token);
    if (known) {
      if (known.asked !== JSON.stringify(asked)) {
        throw new AwsError(
          "IdempotentParameterMismatch",
          "The client token you have provided is associated with a resource that was made with other parameters.",
        );
      }
      return findVolume(state, known.volumeId);
    }
    const source = input.SnapshotId ? findSnapshot(state, input.SnapshotId) : null;
    if (source) requireCompleted(source);
    if (!source && input.Size === undefined) {
      throw new AwsError("MissingParameter", "The request must contain the parameter size or snapshotId");
    }
    if (source && (input.Size ?? source.VolumeSize ?? 0) < (source.VolumeSize ?? 0)) {
      throw new AwsError(
        "InvalidParameterValue",
        `The size of the volume must be at least that of the snapshot: ${source.VolumeSize} GiB.`,
      );
    }
    const Encrypted = Boolean(input.Encrypted || source?.Encrypted || state.ebsEncryptionByDefault);
    const volume: VolumeState = {
      VolumeId: newId("vol"),
      AvailabilityZone: input.AvailabilityZone,
      Size: input.Size ?? source?.VolumeSize ?? 8,
      ...performanceOf(input, input.Size ?? source?.VolumeSize ?? 8),
      SnapshotId: input.SnapshotId ?? "",
      State: "creating",
      CreateTime: call.now,
      Attachments: [],
      Encrypted,
      ...(Encrypted ? { KmsKeyId: input.KmsKeyId ?? source?.KmsKeyId ?? state.ebsDefaultKmsKeyId } : {}),
      MultiAttachEnabled: input.MultiAttachEnabled ?? false,
      Tags: tagsFor(input.TagSpecifications, "volume"),
    };
    state.volumes.set(volume.VolumeId, volume);
    if (token !== undefined) {
      state.volumesByToken.set(token, { asked: JSON.stringify(asked), volumeId: volume.VolumeId });
    }
    settle(state, call, () => {
      volume.State = "available";
    });
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
    if (volume.State === "creating") {
      throw new AwsError("IncorrectState", `${volume.VolumeId} is not 'available'.`);
    }
    if (instance.State.Name !== "running" && instance.State.Name !== "stopped") {
      throw new AwsError(
        "IncorrectState",
        `Instance '${instance.InstanceId}' is not 'running' or 'stopped'.`,
      );
    }
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
    const attachment: VolumeAttachment = {
      VolumeId: volume.VolumeId,
      InstanceId: instance.InstanceId,
      Device: input.Device,
      State: "attaching",
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
    const answer = { ...attachment };
    settle(state, call, () => {
      attachment.State = "attached";
    });
    return answer;
  },

  DetachVolume: (input, call) => {
    const state = ec2(call);
    const volume = findVolume(state, input.VolumeId);
    const attachment = volume.Attachments?.[0];
    if (
      volume.State === "available" ||
      !attachment ||
      (input.InstanceId && input.InstanceId !== attachment.InstanceId)
    ) {
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
    attachment.State = "detaching";
    settle(state, call, () => Object.assign(volume, { State: "available", Attachments: [] }));
    return { ...attachment, State: "detaching" };
  },
} satisfies Operations<typeof import("@aws-sdk/client-ec2")>;
