import {
  AttachVolumeCommand,
  CopySnapshotCommand,
  CreateSnapshotCommand,
  CreateVolumeCommand,
  DeleteSnapshotCommand,
  DescribeSnapshotsCommand,
  DescribeVolumesCommand,
  DetachVolumeCommand,
  type Volume,
  type VolumeType,
} from "@aws-sdk/client-ec2";
import { z } from "zod";
import type { AwsAccess } from "#lib/clouds/access.ts";
import { type CallContext, defineCall } from "../operation.ts";
import { awsCommand } from "./command.ts";
import { ownTags, toTags } from "./ec2-tags.ts";
import { isNamed } from "./errors.ts";
import { unlessDone, waitFor } from "./wait.ts";

const VolumeId = z.string().regex(/^vol-[0-9a-z]+$/);
const SnapshotId = z.string().regex(/^snap-[0-9a-z]+$/);
const InstanceId = z.string().regex(/^i-[0-9a-z]+$/);
const tagsOf = <const T extends string>(type: T) =>
  z
    .array(
      z.strictObject({
        ResourceType: z.literal(type),
        Tags: z.array(z.strictObject({ Key: z.string(), Value: z.string() })),
      }),
    )
    .length(1);

type Tagged<T extends string> = { ResourceType: T; Tags: { Key: string; Value: string }[] }[];

/** The tags asked for, and the one by which a call that was cut off is known to have been made. */
const withToken = <T extends string>(specifications: Tagged<T>, { token }: CallContext): Tagged<T> =>
  specifications.map((one) => ({ ...one, Tags: [...one.Tags, ...toTags({ [ownTags.token]: token })] }));

const byToken = ({ token }: CallContext) => ({
  Filters: [{ Name: `tag:${ownTags.token}`, Values: [token] }],
});

/** Snapshots of large volumes take hours; waiting for one ends with the step's own time. */
async function finishSnapshot(access: AwsAccess, id: string, { region, signal }: CallContext) {
  await waitFor({
    ...{ what: `Snapshot ${id}`, wanted: "completed", hopeless: ["error", "recoverable"], signal },
    async read() {
      const command = new DescribeSnapshotsCommand({ SnapshotIds: [id] });
      const { Snapshots = [] } = await access.clients(region).ec2.send(command, { abortSignal: signal });
      return Snapshots[0]?.State;
    },
  });
  return { SnapshotId: id };
}

async function findSnapshot(access: AwsAccess, context: CallContext) {
  const command = new DescribeSnapshotsCommand({ OwnerIds: ["self"], ...byToken(context) });
  const { Snapshots = [] } = await access
    .clients(context.region)
    .ec2.send(command, { abortSignal: context.signal });
  const id = Snapshots[0]?.SnapshotId;
  return id === undefined ? null : finishSnapshot(access, id, context);
}

async function readVolume(
  access: AwsAccess,
  id: string,
  { region, signal }: CallContext,
): Promise<Volume | undefined> {
  const command = new DescribeVolumesCommand({ VolumeIds: [id] });
  const { Volumes = [] } = await access.clients(region).ec2.send(command, { abortSignal: signal });
  return Volumes[0];
}

async function finishVolume(access: AwsAccess, id: string, context: CallContext) {
  await waitFor({
    ...{ what: `Volume ${id}`, hopeless: ["error", "deleting", "deleted"], signal: context.signal },
    wanted: "made",
    async read() {
      const state = (await readVolume(access, id, context))?.State;
      // One that a later call has attached already was made, too.
      return state === "available" || state === "in-use" ? "made" : state;
    },
  });
  return { VolumeId: id };
}

const readsSnapshots = "ec2:DescribeSnapshots";
const readsVolumes = "ec2:DescribeVolumes";

export const volumeCalls = [
  defineCall({
    api: "aws.ec2.CreateSnapshot",
    cloud: "aws",
    input: z.strictObject({ VolumeId, Description: z.string(), TagSpecifications: tagsOf("snapshot") }),
    permissions: ["ec2:CreateSnapshot", "ec2:CreateTags", readsSnapshots],
    async send(access, input, context) {
      const { region, signal } = context;
      const TagSpecifications = withToken(input.TagSpecifications, context);
      const command = new CreateSnapshotCommand({ ...input, TagSpecifications });
      const answer = await access.clients(region).ec2.send(command, { abortSignal: signal });
      return finishSnapshot(access, answer.SnapshotId ?? "", context);
    },
    find: (access, _input, context) => findSnapshot(access, context),
    command: (input, where) => awsCommand("ec2 create-snapshot", input, where),
  }),
  defineCall({
    api: "aws.ec2.CopySnapshot",
    cloud: "aws",
    input: z.strictObject({
      SourceRegion: z.string(),
      SourceSnapshotId: SnapshotId,
      Encrypted: z.literal(true),
      KmsKeyId: z.string().optional(),
      Description: z.string(),
      TagSpecifications: tagsOf("snapshot"),
    }),
    permissions: ["ec2:CopySnapshot", "ec2:CreateTags", readsSnapshots],
    async send(access, input, context) {
      const { region, signal } = context;
      const TagSpecifications = withToken(input.TagSpecifications, context);
      const command = new CopySnapshotCommand({ ...input, TagSpecifications });
      const answer = await access.clients(region).ec2.send(command, { abortSignal: signal });
      return finishSnapshot(access, answer.SnapshotId ?? "", context);
    },
    find: (access, _input, context) => findSnapshot(access, context),
    command: (input, where) => awsCommand("ec2 copy-snapshot", input, where),
  }),
  defineCall({
    api: "aws.ec2.DeleteSnapshot",
    cloud: "aws",
    input: z.strictObject({ SnapshotId }),
    permissions: ["ec2:DeleteSnapshot"],
    async send(access, input, { region, signal }) {
      const sent = access.clients(region).ec2.send(new DeleteSnapshotCommand(input), { abortSignal: signal });
      await unlessDone(sent, "InvalidSnapshot.NotFound");
      return null;
    },
    command: (input, where) => awsCommand("ec2 delete-snapshot", input, where),
  }),
  defineCall({
    api: "aws.ec2.CreateVolume",
    cloud: "aws",
    input: z.strictObject({
      AvailabilityZone: z.string(),
      SnapshotId,
      Size: z.number().int(),
      VolumeType: z.custom<VolumeType>((value) => typeof value === "string"),
      Iops: z.number().int().optional(),
      Throughput: z.number().int().optional(),
      TagSpecifications: tagsOf("volume"),
    }),
    permissions: ["ec2:CreateTags", "ec2:CreateVolume", readsVolumes],
    async send(access, input, context) {
      const { region, signal, token } = context;
      const TagSpecifications = withToken(input.TagSpecifications, context);
      // 64 characters are the most that EC2 takes.
      const ClientToken = token.slice(-64);
      const command = new CreateVolumeCommand({ ...input, TagSpecifications, ClientToken });
      const answer = await access.clients(region).ec2.send(command, { abortSignal: signal });
      return finishVolume(access, answer.VolumeId ?? "", context);
    },
    async find(access, _input, context) {
      const command = new DescribeVolumesCommand(byToken(context));
      const { Volumes = [] } = await access
        .clients(context.region)
        .ec2.send(command, { abortSignal: context.signal });
      const id = Volumes[0]?.VolumeId;
      return id === undefined ? null : finishVolume(access, id, context);
    },
    command: (input, where) => awsCommand("ec2 create-volume", input, where),
  }),
  defineCall({
    api: "aws.ec2.DetachVolume",
    cloud: "aws",
    input: z.strictObject({ VolumeId, InstanceId }),
    permissions: ["ec2:DetachVolume", readsVolumes],
    async send(access, input, context) {
      const { region, signal } = context;
      const sent = access.clients(region).ec2.send(new DetachVolumeCommand(input), { abortSignal: signal });
      // It is detached already, or on its way.
      await unlessDone(sent, "IncorrectState", "InvalidAttachment.NotFound");
      await waitFor({
        ...{ what: `Volume ${input.VolumeId}`, wanted: "available", signal },
        read: async () => (await readVolume(access, input.VolumeId, context))?.State,
      });
      return null;
    },
    command: (input, where) => awsCommand("ec2 detach-volume", input, where),
  }),
  defineCall({
    api: "aws.ec2.AttachVolume",
    cloud: "aws",
    input: z.strictObject({ VolumeId, InstanceId, Device: z.string() }),
    permissions: ["ec2:AttachVolume", readsVolumes],
    async send(access, input, context) {
      const { region, signal } = context;
      const attachment = async () =>
        (await readVolume(access, input.VolumeId, context))?.Attachments?.find(
          (one) => one.InstanceId === input.InstanceId && one.Device === input.Device,
        );
      try {
        await access.clients(region).ec2.send(new AttachVolumeCommand(input), { abortSignal: signal });
      } catch (error) {
        if (!isNamed(error, "VolumeInUse", "IncorrectState") || !(await attachment())) throw error;
      }
      await waitFor({
        ...{ what: `Volume ${input.VolumeId}`, wanted: "attached", signal },
        read: async () => (await attachment())?.State,
      });
      return null;
    },
    command: (input, where) => awsCommand("ec2 attach-volume", input, where),
  }),
];
