import { randomBytes } from "node:crypto";
import type {
  Address,
  CreateVolumePermission,
  FlowLog,
  Image,
  Instance,
  ManagedPrefixList,
  NetworkAcl,
  NetworkInterface,
  PrefixListEntry,
  SecurityGroup,
  SecurityGroupRule,
  Snapshot,
  SnapshotBlockPublicAccessState,
  Subnet,
  Tag,
  TagSpecification,
  Volume,
  Vpc,
} from "@aws-sdk/client-ec2";
import type { Call } from "../../model.ts";
import { findAccount, regionalState } from "../state.ts";

/** A field that every thing of its sort has, though the SDK's type has it optional. */
type With<T, Key extends keyof T> = T & { [K in Key]-?: NonNullable<T[K]> };

/** The group without its permissions: EC2 derives those from the rules. */
export type GroupState = {
  group: With<Omit<SecurityGroup, "IpPermissions" | "IpPermissionsEgress">, "GroupId" | "GroupName">;
  rules: With<SecurityGroupRule, "SecurityGroupRuleId">[];
};
export type InstanceState = {
  reservationId: string;
  instance: With<Instance, "InstanceId" | "State">;
  /** Whether a public address that isn't an elastic one was given up by stopping; starting brings another. */
  awaitsAddress?: boolean;
};
export type VolumeState = With<Volume, "VolumeId">;
export type SnapshotState = With<Snapshot, "SnapshotId">;
export type PrefixListState = { list: With<ManagedPrefixList, "PrefixListId">; entries: PrefixListEntry[] };

/** EC2 in one region, by id. */
export type Ec2State = {
  vpcs: Map<string, Vpc>;
  subnets: Map<string, Subnet>;
  groups: Map<string, GroupState>;
  prefixLists: Map<string, PrefixListState>;
  networkAcls: Map<string, NetworkAcl>;
  instances: Map<string, InstanceState>;
  volumes: Map<string, VolumeState>;
  snapshots: Map<string, SnapshotState>;
  /** Whom else a snapshot is shared with; absent: nobody. */
  snapshotPermissions: Map<string, CreateVolumePermission[]>;
  snapshotBlockPublicAccess: SnapshotBlockPublicAccessState;
  images: Map<string, Image>;
  /** Interfaces of load balancers, databases and gateways; an instance's are part of the instance. */
  interfaces: Map<string, NetworkInterface>;
  addresses: Map<string, Address>;
  flowLogs: Map<string, FlowLog>;
  ebsEncryptionByDefault: boolean;
  ebsDefaultKmsKeyId: string;
  /** What CreateVolume made for a client token, and what it was asked. */
  volumesByToken: Map<string, { asked: string; volumeId: string }>;
  /** How long things stay in a state that passes, such as `stopping`; at once when 0. */
  settleAfterMs: number;
  settling: { at: number; end(): void }[];
};

export const ec2State = regionalState<Ec2State>("ec2", () => ({
  vpcs: new Map(),
  subnets: new Map(),
  groups: new Map(),
  prefixLists: new Map(),
  networkAcls: new Map(),
  instances: new Map(),
  volumes: new Map(),
  snapshots: new Map(),
  snapshotPermissions: new Map(),
  snapshotBlockPublicAccess: "unblocked",
  images: new Map(),
  interfaces: new Map(),
  addresses: new Map(),
  flowLogs: new Map(),
  ebsEncryptionByDefault: false,
  ebsDefaultKmsKeyId: "alias/aws/ebs",
  volumesByToken: new Map(),
  settleAfterMs: 0,
  settling: [],
}));

export function ec2(call: Call): Ec2State {
  const state = ec2State(findAccount(call), call.region);
  const due = state.settling.filter(({ at }) => at <= call.now.getTime());
  state.settling = state.settling.filter((one) => !due.includes(one));
  for (const { end } of due) end();
  return state;
}

/** Ends a state that passes, once its time is over. */
export function settle(state: Ec2State, call: Call, end: () => void): void {
  if (state.settleAfterMs === 0) end();
  else state.settling.push({ at: call.now.getTime() + state.settleAfterMs, end });
}

/** A new id in EC2's long form, such as `sg-0a1b2c3d4e5f60718`. */
export function newId(prefix: string): string {
  return `${prefix}-0${randomBytes(8).toString("hex")}`;
}

/** The tags a create request carries for one type of resource. */
export function tagsFor(specifications: TagSpecification[] | undefined, type: string): Tag[] {
  return (specifications ?? []).filter((one) => one.ResourceType === type).flatMap((one) => one.Tags ?? []);
}
