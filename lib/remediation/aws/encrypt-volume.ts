import { z } from "zod";
import { canonicalJson } from "#lib/canonical-json.ts";
import type { Json, PlannedCall } from "../model.ts";
import { defineOperation } from "../operation.ts";
import { output } from "../references.ts";
import { ownTags, toTags } from "./ec2-tags.ts";
import { idOf } from "./security-group-rules.ts";
import { readVolumeState, type VolumeState } from "./volume-state.ts";

const Parameters = z.object({
  /** Consent to stop the instance for as long as it takes, and to start it again. */
  stopInstance: z.boolean().default(false),
  /** A key's id, ARN or alias; the region's default key for volumes when null or left out. */
  kmsKeyId: z.string().nullish(),
});
type Parameters = z.output<typeof Parameters>;

export const encryptVolume = defineOperation<"aws", VolumeState, Parameters>({
  id: "aws.ec2.encrypt-volume",
  cloud: "aws",
  title: "Put an encrypted copy in the volume's place",
  kinds: ["aws.ec2.volume"],
  parameters: Parameters,
  reads: ["ec2:DescribeInstances", "ec2:DescribeSnapshots", "ec2:DescribeVolumes"],
  calls: [
    "aws.ec2.AttachVolume",
    "aws.ec2.CopySnapshot",
    "aws.ec2.CreateSnapshot",
    "aws.ec2.CreateTags",
    "aws.ec2.CreateVolume",
    "aws.ec2.DeleteSnapshot",
    "aws.ec2.DeleteTags",
    "aws.ec2.DetachVolume",
    "aws.ec2.ModifyInstanceAttribute",
    "aws.ec2.StartInstances",
    "aws.ec2.StopInstances",
  ],
  read: readVolumeState,

  plan(state, { stopInstance, kmsKeyId }, target) {
    const { volume, attachment, instance } = state;
    if (volume.encrypted) return { outcome: "nothing", reason: "The volume is encrypted already." };
    const refusal = whyNotAgain(state) ?? whyNot(state, stopInstance);
    if (refusal) return { outcome: "refused", reason: refusal };
    const id = idOf(target.uid);
    // Stopped before the snapshot, so that nothing is written to the volume that the copy lacks.
    const stops = attachment !== null && instance?.state === "running";
    const calls = [
      tag("mark", id, { [ownTags.underWay]: instance?.state ?? "unattached" }),
      ...(stops && instance ? [stop(instance.id)] : []),
      ...copyCalls(id, target.region, volume, kmsKeyId ?? undefined),
      ...(attachment ? swapCalls(id, output("volume", "VolumeId"), attachment) : []),
      ...(stops && instance ? [start(instance.id)] : []),
      untag("unmark", id, ownTags.underWay),
    ];
    const after = {
      ...state,
      attachment: null,
      copies: [{ id: output("volume", "VolumeId") as unknown as string, attachment }],
      snapshots: [output("copy", "SnapshotId") as unknown as string],
    };
    return { outcome: "change", after, calls, notes: notesOf(state, id, stops) };
  },

  // What is made anew differs each time, so that half-way there it can only be told by the mark.
  isHalfway: (before, _after, present) =>
    present.underWay !== null && canonicalJson(present.volume) === canonicalJson(before.volume),

  wayBack(before, present, target) {
    const id = idOf(target.uid);
    const known = new Set(before.copies.map((copy) => copy.id));
    const copies = present.copies.filter((copy) => !known.has(copy.id));
    const isBack = canonicalJson(present.attachment) === canonicalJson(before.attachment);
    const { attachment, instance } = before;
    const swaps = attachment !== null && !isBack;
    const wasRunning = instance?.state === "running";
    const calls = [
      ...(swaps && instance && present.instance?.state !== "stopped" ? [stop(instance.id)] : []),
      ...copies.flatMap((copy) =>
        swaps && copy.attachment ? [detach("detach-copy", copy.id, copy.attachment.instance)] : [],
      ),
      ...(swaps ? attachCalls("attach-original", id, attachment) : []),
      ...(wasRunning && instance && (swaps || present.instance?.state !== "running")
        ? [start(instance.id)]
        : []),
      // Never deleted: what was written since the swap is on it alone.
      ...copies.flatMap((copy, index) => [
        tag(`set-aside${numbered(index)}`, copy.id, { [ownTags.setAside]: id }),
        untag(`untie${numbered(index)}`, copy.id, ownTags.replaces),
      ]),
      ...present.snapshots
        .filter((snapshot) => !before.snapshots.includes(snapshot))
        .map((snapshot, index) => deleteSnapshot(`delete-copied${numbered(index)}`, snapshot)),
      ...(present.underWay !== null && before.underWay === null
        ? [untag("unmark", id, ownTags.underWay)]
        : []),
    ];
    return { calls };
  },
});

const numbered = (index: number): string => (index === 0 ? "" : `-${index + 1}`);

function whyNotAgain({ underWay, copies, snapshots }: VolumeState): string | null {
  if (underWay !== null) return "An encrypted copy of it is being made already.";
  const [copy] = copies;
  if (copy)
    return `${copy.id} has taken its place already. Delete this volume once nobody needs it any more.`;
  return snapshots.length > 0
    ? `An earlier fix left ${snapshots.join(", ")}: delete what is left of it first.`
    : null;
}

function whyNot({ volume, attachment, instance }: VolumeState, stopInstance: boolean): string | null {
  if (volume.isShared)
    return "It can be attached to several instances at once; these have to be moved by hand.";
  if (!attachment) return null;
  if (!instance) return "The instance that it is attached to could not be read.";
  if (instance.state === "stopped") return null;
  if (instance.state !== "running") return `Instance ${instance.id} is ${instance.state}.`;
  if (instance.isSpot)
    return `${instance.id} is a spot instance, which may not come back once it is stopped.`;
  if (instance.isScaled)
    return `${instance.id} belongs to an Auto Scaling group, which replaces it when it stops: encrypt the volumes of its launch template instead.`;
  if (!instance.bootsFromVolume) return `${instance.id} can't be stopped: it runs from an instance store.`;
  if (!stopInstance) return `The swap takes stopping instance ${instance.id}, which wasn't consented to.`;
  return null;
}

function notesOf({ volume, attachment, instance }: VolumeState, id: string, stops: boolean): string[] {
  const notes: string[] = [];
  if (stops && instance) {
    notes.push(
      `Instance ${instance.id} is stopped while a snapshot of ${volume.sizeGib} GiB is taken and copied, which takes minutes to hours, and started again. What it holds in memory and in instance stores is lost.`,
    );
    if (instance.address === "changes")
      notes.push("Its public address, which is no Elastic IP address, changes each time that it is stopped.");
  }
  if (attachment) {
    notes.push(
      "What is written after the swap is on the encrypted volume alone: the way back puts that volume aside, tagged, and doesn't carry it over.",
    );
  }
  notes.push(
    `${id} is kept, unencrypted${attachment ? " and detached" : ""}. Its finding stays until somebody deletes it.`,
  );
  return notes;
}

function copyCalls(
  id: string,
  region: string,
  { zone, sizeGib, type, iops, throughput, tags }: VolumeState["volume"],
  kmsKeyId: string | undefined,
): PlannedCall[] {
  const tagged = (ResourceType: string, own: Record<string, string> = {}): Json => [
    { ResourceType, Tags: toTags({ ...own, [ownTags.replaces]: id }) },
  ];
  // Only these types take numbers of their own; the others have theirs by their size.
  const provisioned = ["gp3", "io1", "io2"].includes(type);
  return [
    {
      id: "snapshot",
      api: "aws.ec2.CreateSnapshot",
      input: {
        VolumeId: id,
        Description: `Of ${id}, to be encrypted`,
        TagSpecifications: tagged("snapshot"),
      },
    },
    {
      id: "copy",
      api: "aws.ec2.CopySnapshot",
      input: {
        SourceRegion: region,
        SourceSnapshotId: output("snapshot", "SnapshotId"),
        Encrypted: true,
        ...(kmsKeyId === undefined ? {} : { KmsKeyId: kmsKeyId }),
        Description: `Encrypted copy of ${id}`,
        TagSpecifications: tagged("snapshot", tags),
      },
    },
    {
      id: "volume",
      api: "aws.ec2.CreateVolume",
      input: {
        AvailabilityZone: zone,
        SnapshotId: output("copy", "SnapshotId"),
        Size: sizeGib,
        VolumeType: type,
        ...(provisioned && iops !== null ? { Iops: iops } : {}),
        ...(type === "gp3" && throughput !== null ? { Throughput: throughput } : {}),
        TagSpecifications: tagged("volume", tags),
      },
    },
    deleteSnapshot("delete-snapshot", output("snapshot", "SnapshotId")),
  ];
}

const swapCalls = (original: string, copy: Json, attachment: NonNullable<VolumeState["attachment"]>) => [
  detach("detach", original, attachment.instance),
  ...attachCalls("attach", copy, attachment),
];

function attachCalls(
  id: string,
  volume: Json,
  { instance, device, endsWithInstance }: NonNullable<VolumeState["attachment"]>,
): PlannedCall[] {
  const keep: PlannedCall = {
    id: `${id}-for-good`,
    api: "aws.ec2.ModifyInstanceAttribute",
    input: {
      InstanceId: instance,
      BlockDeviceMappings: [{ DeviceName: device, Ebs: { DeleteOnTermination: true } }],
    },
  };
  return [
    {
      id,
      api: "aws.ec2.AttachVolume",
      input: { VolumeId: volume, InstanceId: instance, Device: device },
    },
    // Attached anew, a volume outlives its instance.
    ...(endsWithInstance ? [keep] : []),
  ];
}

const detach = (id: string, volume: Json, instance: string): PlannedCall => ({
  ...{ id, api: "aws.ec2.DetachVolume", input: { VolumeId: volume, InstanceId: instance } },
});
const stop = (instance: string): PlannedCall => ({
  ...{ id: "stop", api: "aws.ec2.StopInstances", input: { InstanceIds: [instance] } },
});
const start = (instance: string): PlannedCall => ({
  ...{ id: "start", api: "aws.ec2.StartInstances", input: { InstanceIds: [instance] } },
});
const deleteSnapshot = (id: string, snapshot: Json): PlannedCall => ({
  ...{ id, api: "aws.ec2.DeleteSnapshot", input: { SnapshotId: snapshot } },
});
const tag = (id: string, resource: Json, tags: Record<string, string>): PlannedCall => ({
  ...{ id, api: "aws.ec2.CreateTags", input: { Resources: [resource], Tags: toTags(tags) } },
});
const untag = (id: string, resource: Json, key: string): PlannedCall => ({
  ...{ id, api: "aws.ec2.DeleteTags", input: { Resources: [resource], Tags: [{ Key: key }] } },
});
