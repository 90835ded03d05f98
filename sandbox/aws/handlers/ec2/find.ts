import { AwsError } from "../../model.ts";
import type { Ec2State, GroupState, InstanceState, SnapshotState, VolumeState } from "./state.ts";

export function findInstance(state: Ec2State, id: string | undefined): InstanceState {
  const found = state.instances.get(id ?? "");
  if (!found) throw new AwsError("InvalidInstanceID.NotFound", `The instance ID '${id}' does not exist`);
  return found;
}

export function findVolume(state: Ec2State, id: string | undefined): VolumeState {
  const volume = state.volumes.get(id ?? "");
  if (!volume) throw new AwsError("InvalidVolume.NotFound", `The volume '${id}' does not exist.`);
  return volume;
}

export function findSnapshot(state: Ec2State, id: string | undefined): SnapshotState {
  const snapshot = state.snapshots.get(id ?? "");
  if (!snapshot) throw new AwsError("InvalidSnapshot.NotFound", `The snapshot '${id}' does not exist.`);
  return snapshot;
}

/** The group a request names, by id or, in the default VPC, by name. */
export function findGroup(state: Ec2State, input: { GroupId?: string; GroupName?: string }): GroupState {
  const found = input.GroupId
    ? state.groups.get(input.GroupId)
    : [...state.groups.values()].find(
        ({ group }) => group.GroupName === input.GroupName && state.vpcs.get(group.VpcId ?? "")?.IsDefault,
      );
  if (found) return found;
  throw new AwsError(
    "InvalidGroup.NotFound",
    `The security group '${input.GroupId ?? input.GroupName}' does not exist`,
  );
}
