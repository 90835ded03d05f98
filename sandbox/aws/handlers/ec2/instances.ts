import type { Instance, InstanceStateChange, InstanceStateName, Reservation } from "@aws-sdk/client-ec2";
import { AwsError, type Call } from "../../model.ts";
import type { Operations } from "../operations.ts";
import { type Describing, describeItems } from "./describe.ts";
import { findInstance } from "./find.ts";
import { giveAddresses, takeAddresses } from "./passing-addresses.ts";
import { type Ec2State, ec2, type InstanceState, newId, settle, tagsFor } from "./state.ts";

const instances: Describing<InstanceState> = {
  id: ({ instance }) => instance.InstanceId,
  tags: ({ instance }) => instance.Tags,
  notFound: ["InvalidInstanceID.NotFound", "instance ID"],
  filters: {
    "instance-id": ({ instance }) => instance.InstanceId,
    "instance-state-name": ({ instance }) => instance.State.Name,
    "instance-state-code": ({ instance }) => instance.State.Code,
    "instance-type": ({ instance }) => instance.InstanceType,
    "image-id": ({ instance }) => instance.ImageId,
    "vpc-id": ({ instance }) => instance.VpcId,
    "subnet-id": ({ instance }) => instance.SubnetId,
    "key-name": ({ instance }) => instance.KeyName,
    "ip-address": ({ instance }) => instance.PublicIpAddress,
    "private-ip-address": ({ instance }) => instance.PrivateIpAddress,
    "availability-zone": ({ instance }) => instance.Placement?.AvailabilityZone,
    architecture: ({ instance }) => instance.Architecture,
    "iam-instance-profile.arn": ({ instance }) => instance.IamInstanceProfile?.Arn,
    "instance.group-id": ({ instance }) => instance.SecurityGroups?.map((group) => group.GroupId),
    "instance.group-name": ({ instance }) => instance.SecurityGroups?.map((group) => group.GroupName),
    "metadata-options.http-tokens": ({ instance }) => instance.MetadataOptions?.HttpTokens,
    "metadata-options.http-endpoint": ({ instance }) => instance.MetadataOptions?.HttpEndpoint,
    "block-device-mapping.volume-id": ({ instance }) =>
      instance.BlockDeviceMappings?.map((one) => one.Ebs?.VolumeId),
    "network-interface.network-interface-id": ({ instance }) =>
      instance.NetworkInterfaces?.map((one) => one.NetworkInterfaceId),
    "reservation-id": ({ reservationId }) => reservationId,
    "owner-id": ({ instance }) => instance.NetworkInterfaces?.[0]?.OwnerId,
  },
};

const stateCodes: Record<InstanceStateName, number> = {
  pending: 0,
  running: 16,
  "shutting-down": 32,
  terminated: 48,
  stopping: 64,
  stopped: 80,
};

export const toInstanceState = (Name: InstanceStateName) => ({ Name, Code: stateCodes[Name] });

export const instanceHandlers = {
  DescribeInstances: (input, call) => {
    const page = describeItems(ec2(call).instances.values(), input, input.InstanceIds, instances);
    return { Reservations: toReservations(page.items, call.account), NextToken: page.next };
  },

  StopInstances: (input, call) => ({
    StoppingInstances: (input.InstanceIds ?? []).map((id) => changeState(id, call, "stopping", "stopped")),
  }),
  StartInstances: (input, call) => ({
    StartingInstances: (input.InstanceIds ?? []).map((id) => changeState(id, call, "pending", "running")),
  }),
  TerminateInstances: (input, call) => ({
    TerminatingInstances: (input.InstanceIds ?? []).map((id) => {
      const change = changeState(id, call, "shutting-down", "terminated");
      releaseVolumes(ec2(call), id);
      return change;
    }),
  }),

  ModifyInstanceMetadataOptions: (input, call) => {
    const { instance } = findInstance(ec2(call), input.InstanceId);
    const { HttpTokens, HttpEndpoint, HttpPutResponseHopLimit, HttpProtocolIpv6, InstanceMetadataTags } =
      input;
    const changed = {
      HttpTokens,
      HttpEndpoint,
      HttpPutResponseHopLimit,
      HttpProtocolIpv6,
      InstanceMetadataTags,
    };
    const given = Object.fromEntries(Object.entries(changed).filter(([, value]) => value !== undefined));
    instance.MetadataOptions = { ...instance.MetadataOptions, ...given, State: "applied" };
    return {
      InstanceId: instance.InstanceId,
      InstanceMetadataOptions: { ...instance.MetadataOptions, State: "pending" },
    };
  },

  ModifyInstanceAttribute: (input, call) => {
    const state = ec2(call);
    const { instance } = findInstance(state, input.InstanceId);
    if (input.Groups?.length) setGroups(state, instance, input.Groups);
    if (input.SourceDestCheck) instance.SourceDestCheck = input.SourceDestCheck.Value;
    if (input.BlockDeviceMappings?.length) setDeletions(state, instance, input.BlockDeviceMappings);
    if (input.EbsOptimized) instance.EbsOptimized = input.EbsOptimized.Value;
    if (input.InstanceType) {
      if (instance.State.Name !== "stopped") {
        throw new AwsError(
          "IncorrectInstanceState",
          `The instance '${instance.InstanceId}' is not in the 'stopped' state.`,
        );
      }
      instance.InstanceType = input.InstanceType.Value as Instance["InstanceType"];
    }
    return {};
  },

  RunInstances: (input, call) => {
    const state = ec2(call);
    const subnet = input.SubnetId ? state.subnets.get(input.SubnetId) : [...state.subnets.values()][0];
    if (!subnet)
      throw new AwsError("InvalidSubnetID.NotFound", `The subnet ID '${input.SubnetId}' does not exist`);
    const reservationId = newId("r");
    const started = Array.from({ length: input.MinCount ?? 1 }, (_, AmiLaunchIndex): InstanceState => {
      const InstanceId = newId("i");
      const instance: InstanceState["instance"] = {
        InstanceId,
        AmiLaunchIndex,
        ImageId: input.ImageId,
        InstanceType: input.InstanceType ?? "t3.micro",
        KeyName: input.KeyName,
        LaunchTime: call.now,
        State: toInstanceState("running"),
        Placement: { AvailabilityZone: subnet.AvailabilityZone, Tenancy: "default" },
        VpcId: subnet.VpcId,
        SubnetId: subnet.SubnetId,
        NetworkInterfaces: [
          {
            NetworkInterfaceId: newId("eni"),
            OwnerId: call.account,
            Status: "in-use",
            SubnetId: subnet.SubnetId,
            VpcId: subnet.VpcId,
          },
        ],
        BlockDeviceMappings: [],
        MetadataOptions: {
          State: "applied",
          HttpTokens: input.MetadataOptions?.HttpTokens ?? "optional",
          HttpEndpoint: input.MetadataOptions?.HttpEndpoint ?? "enabled",
          HttpPutResponseHopLimit: input.MetadataOptions?.HttpPutResponseHopLimit ?? 1,
        },
        Tags: tagsFor(input.TagSpecifications, "instance"),
      };
      setGroups(state, instance, input.SecurityGroupIds ?? []);
      state.instances.set(InstanceId, { reservationId, instance });
      return { reservationId, instance };
    });
    return toReservations(started, call.account)[0] ?? {};
  },
} satisfies Operations<typeof import("@aws-sdk/client-ec2")>;

/** Instances that were launched together and follow each other share a reservation. */
function toReservations(items: InstanceState[], OwnerId: string): Reservation[] {
  const reservations: (Reservation & { Instances: Instance[] })[] = [];
  for (const { reservationId, instance } of items) {
    const last = reservations.at(-1);
    if (last?.ReservationId === reservationId) last.Instances.push(instance);
    else reservations.push({ ReservationId: reservationId, OwnerId, Groups: [], Instances: [instance] });
  }
  return reservations;
}

/** Sets the state an instance settles in; the answer names the one it passes through. */
function changeState(
  id: string,
  call: Call,
  passing: InstanceStateName,
  settled: InstanceStateName,
): InstanceStateChange {
  const state = ec2(call);
  const found = findInstance(state, id);
  const { instance } = found;
  const PreviousState = instance.State;
  if (PreviousState.Name === settled || PreviousState.Name === passing) {
    return { InstanceId: id, PreviousState, CurrentState: PreviousState };
  }
  if (settled !== "terminated" && PreviousState.Name !== changedFrom[settled]) {
    throw new AwsError(
      "IncorrectInstanceState",
      `The instance '${id}' is not in a state from which it can be changed.`,
    );
  }
  if (settled === "running") requireRoot(instance);
  instance.State = toInstanceState(passing);
  settle(state, call, () => {
    if (instance.State.Name !== passing) return;
    instance.State = toInstanceState(settled);
    if (settled === "stopped") takeAddresses(found);
    if (settled === "running") giveAddresses(found);
  });
  return { InstanceId: id, PreviousState, CurrentState: toInstanceState(passing) };
}

const changedFrom: Partial<Record<InstanceStateName, InstanceStateName>> = {
  stopped: "running",
  running: "stopped",
};

function requireRoot({ InstanceId, RootDeviceName, BlockDeviceMappings = [] }: Instance): void {
  if (!RootDeviceName || BlockDeviceMappings.some(({ DeviceName }) => DeviceName === RootDeviceName)) return;
  throw new AwsError(
    "InvalidParameterValue",
    `Invalid value '${InstanceId}' for instanceId. Instance does not have a volume attached at root (${RootDeviceName})`,
  );
}

/** Sets which volumes end with their instance. */
function setDeletions(
  state: Ec2State,
  instance: Instance,
  wanted: { DeviceName?: string; Ebs?: { DeleteOnTermination?: boolean } }[],
): void {
  for (const { DeviceName, Ebs } of wanted) {
    const mapping = instance.BlockDeviceMappings?.find((one) => one.DeviceName === DeviceName);
    if (!mapping?.Ebs) {
      throw new AwsError("InvalidInstanceAttributeValue", `No device is currently mapped at ${DeviceName}`);
    }
    const { DeleteOnTermination = false } = Ebs ?? {};
    mapping.Ebs.DeleteOnTermination = DeleteOnTermination;
    const attachments = state.volumes.get(mapping.Ebs.VolumeId ?? "")?.Attachments ?? [];
    for (const attachment of attachments) attachment.DeleteOnTermination = DeleteOnTermination;
  }
}

function releaseVolumes(state: Ec2State, instanceId: string): void {
  for (const volume of state.volumes.values()) {
    const attachment = volume.Attachments?.find((one) => one.InstanceId === instanceId);
    if (!attachment) continue;
    if (attachment.DeleteOnTermination) state.volumes.delete(volume.VolumeId);
    else Object.assign(volume, { State: "available", Attachments: [] });
  }
  const { instance } = findInstance(state, instanceId);
  // A terminated instance keeps its id for a while, and nothing that belonged to it.
  Object.assign(instance, {
    BlockDeviceMappings: [],
    NetworkInterfaces: [],
    SecurityGroups: [],
    PublicIpAddress: undefined,
    PrivateIpAddress: undefined,
    VpcId: undefined,
    SubnetId: undefined,
  });
}

function setGroups(state: Ec2State, instance: Instance, ids: string[]): void {
  const groups = ids.map((GroupId) => {
    const found = state.groups.get(GroupId);
    if (!found) throw new AwsError("InvalidGroup.NotFound", `The security group '${GroupId}' does not exist`);
    return { GroupId, GroupName: found.group.GroupName };
  });
  instance.SecurityGroups = groups;
  const [first] = instance.NetworkInterfaces ?? [];
  if (first) first.Groups = groups;
}
