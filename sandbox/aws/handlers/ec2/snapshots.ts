import type { CreateVolumePermission } from "@aws-sdk/client-ec2";
import { AwsError, type Call } from "../../model.ts";
import type { Operations } from "../operations.ts";
import { findAccount } from "../state.ts";
import { type Describing, describeItems } from "./describe.ts";
import { findSnapshot, findVolume } from "./find.ts";
import { type Ec2State, ec2, ec2State, newId, type SnapshotState, settle, tagsFor } from "./state.ts";

const snapshots: Describing<SnapshotState> = {
  id: (snapshot) => snapshot.SnapshotId,
  tags: (snapshot) => snapshot.Tags,
  notFound: ["InvalidSnapshot.NotFound", "snapshot"],
  filters: {
    "snapshot-id": (snapshot) => snapshot.SnapshotId,
    "volume-id": (snapshot) => snapshot.VolumeId,
    "volume-size": (snapshot) => snapshot.VolumeSize,
    encrypted: (snapshot) => snapshot.Encrypted,
    status: (snapshot) => snapshot.State,
    "owner-id": (snapshot) => snapshot.OwnerId,
    description: (snapshot) => snapshot.Description,
    "storage-tier": (snapshot) => snapshot.StorageTier,
  },
};

export const snapshotHandlers = {
  DescribeSnapshots: (input, call) => {
    const state = ec2(call);
    const owners = input.OwnerIds?.map((owner) => (owner === "self" ? call.account : owner));
    const restorers = input.RestorableByUserIds?.map((user) => (user === "self" ? call.account : user));
    const listed = [...state.snapshots.values()].filter(
      (snapshot) =>
        (!owners?.length || owners.includes(snapshot.OwnerId ?? "")) &&
        (!restorers?.length || restorers.some((user) => isRestorableBy(state, snapshot, user))),
    );
    const page = describeItems(listed, input, input.SnapshotIds, snapshots);
    return { Snapshots: page.items, NextToken: page.next };
  },

  DescribeSnapshotAttribute: (input, call) => {
    const state = ec2(call);
    const { SnapshotId } = findSnapshot(state, input.SnapshotId);
    return input.Attribute === "productCodes"
      ? { SnapshotId, ProductCodes: [] }
      : { SnapshotId, CreateVolumePermissions: state.snapshotPermissions.get(SnapshotId) ?? [] };
  },

  ModifySnapshotAttribute: (input, call) => {
    const state = ec2(call);
    const { SnapshotId, Encrypted } = findSnapshot(state, input.SnapshotId);
    const { add, remove } = readPermissionChange(input);
    if (add.some((one) => one.Group === "all")) {
      if (Encrypted) throw new AwsError("InvalidParameter", "Encrypted snapshots cannot be shared publicly");
      if (state.snapshotBlockPublicAccess !== "unblocked") {
        throw new AwsError(
          "OperationNotPermitted",
          "Snapshots can't be shared publicly while public access is blocked.",
        );
      }
    }
    const gone = new Set([...remove, ...add].map(permissionKey));
    const kept = (state.snapshotPermissions.get(SnapshotId) ?? []).filter(
      (one) => !gone.has(permissionKey(one)),
    );
    state.snapshotPermissions.set(SnapshotId, [...kept, ...add]);
    return {};
  },
  ResetSnapshotAttribute: (input, call) => {
    const state = ec2(call);
    state.snapshotPermissions.delete(findSnapshot(state, input.SnapshotId).SnapshotId);
    return {};
  },

  GetSnapshotBlockPublicAccessState: (_input, call) => ({
    State: ec2(call).snapshotBlockPublicAccess,
    ManagedBy: "account",
  }),
  EnableSnapshotBlockPublicAccess: (input, call) => {
    const state = ec2(call);
    state.snapshotBlockPublicAccess = input.State ?? "block-all-sharing";
    return { State: state.snapshotBlockPublicAccess };
  },
  DisableSnapshotBlockPublicAccess: (_input, call) => {
    const state = ec2(call);
    state.snapshotBlockPublicAccess = "unblocked";
    return { State: state.snapshotBlockPublicAccess };
  },

  CreateSnapshot: (input, call) => {
    const state = ec2(call);
    const volume = findVolume(state, input.VolumeId);
    const snapshot = newSnapshot(call, {
      VolumeId: volume.VolumeId,
      VolumeSize: volume.Size,
      Encrypted: volume.Encrypted,
      KmsKeyId: volume.KmsKeyId,
      Description: input.Description,
      Tags: tagsFor(input.TagSpecifications, "snapshot"),
    });
    const answer: SnapshotState = { ...snapshot, State: "pending", Progress: "" };
    complete(state, call, snapshot);
    return answer;
  },

  CopySnapshot: (input, call) => {
    const state = ec2(call);
    const source = findSnapshot(
      ec2State(findAccount(call), input.SourceRegion ?? call.region),
      input.SourceSnapshotId,
    );
    requireCompleted(source);
    if (input.KmsKeyId && input.Encrypted === false) {
      throw new AwsError(
        "InvalidParameterDependency",
        "The parameter KmsKeyId requires the parameter Encrypted to be set.",
      );
    }
    const Encrypted = Boolean(input.Encrypted || source.Encrypted || state.ebsEncryptionByDefault);
    const Tags = tagsFor(input.TagSpecifications, "snapshot");
    const snapshot = newSnapshot(call, {
      // What EC2 puts there in a copy: no volume has this id.
      VolumeId: "vol-ffffffff",
      VolumeSize: source.VolumeSize,
      Encrypted,
      ...(Encrypted ? { KmsKeyId: input.KmsKeyId ?? state.ebsDefaultKmsKeyId } : {}),
      Description: input.Description ?? `[Copied ${source.SnapshotId} from ${input.SourceRegion}]`,
      Tags,
    });
    complete(state, call, snapshot);
    return { SnapshotId: snapshot.SnapshotId, Tags };
  },

  DeleteSnapshot: (input, call) => {
    const state = ec2(call);
    const { SnapshotId } = findSnapshot(state, input.SnapshotId);
    const image = [...state.images.values()].find((one) =>
      one.BlockDeviceMappings?.some(({ Ebs }) => Ebs?.SnapshotId === SnapshotId),
    );
    if (image) {
      throw new AwsError(
        "InvalidSnapshot.InUse",
        `The snapshot ${SnapshotId} is currently in use by ${image.ImageId}`,
      );
    }
    state.snapshots.delete(SnapshotId);
    state.snapshotPermissions.delete(SnapshotId);
    return {};
  },
} satisfies Operations<typeof import("@aws-sdk/client-ec2")>;

/** Adds a snapshot that is still being taken. */
function complete(state: Ec2State, call: Call, snapshot: SnapshotState): void {
  state.snapshots.set(snapshot.SnapshotId, Object.assign(snapshot, { State: "pending", Progress: "0%" }));
  settle(state, call, () => Object.assign(snapshot, { State: "completed", Progress: "100%" }));
}

export function requireCompleted({ SnapshotId, State }: SnapshotState): void {
  if (State === "completed") return;
  throw new AwsError("IncorrectState", `Snapshot is in invalid state - ${State}: ${SnapshotId}`);
}

function newSnapshot(call: Call, from: Omit<SnapshotState, "SnapshotId">): SnapshotState {
  return {
    SnapshotId: newId("snap"),
    OwnerId: call.account,
    StartTime: call.now,
    State: "completed",
    Progress: "100%",
    StorageTier: "standard",
    ...from,
  };
}

function isRestorableBy(state: Ec2State, snapshot: SnapshotState, user: string): boolean {
  // While all sharing is blocked, a snapshot that was made public is not.
  if (user === "all" && state.snapshotBlockPublicAccess === "block-all-sharing") return false;
  const shared = state.snapshotPermissions.get(snapshot.SnapshotId) ?? [];
  return user === "all"
    ? shared.some((one) => one.Group === "all")
    : snapshot.OwnerId === user || shared.some((one) => one.UserId === user);
}

type PermissionChange = {
  CreateVolumePermission?: { Add?: CreateVolumePermission[]; Remove?: CreateVolumePermission[] };
  OperationType?: string;
  GroupNames?: string[];
  UserIds?: string[];
};

/** Reads both notations of the request. */
function readPermissionChange(input: PermissionChange) {
  const listed: CreateVolumePermission[] = [
    ...(input.GroupNames ?? []).map(() => ({ Group: "all" as const })),
    ...(input.UserIds ?? []).map((UserId) => ({ UserId })),
  ];
  const { Add = [], Remove = [] } = input.CreateVolumePermission ?? {};
  return {
    add: [...Add, ...(input.OperationType === "add" ? listed : [])],
    remove: [...Remove, ...(input.OperationType === "remove" ? listed : [])],
  };
}

function permissionKey(permission: CreateVolumePermission): string {
  return permission.Group ?? permission.UserId ?? "";
}
