import { beforeEach, expect, it } from "vitest";
import type { Call } from "../../model.ts";
import { createTestAccount } from "../test-call.ts";
import { accountHandlers } from "./account.ts";
import { instanceHandlers } from "./instances.ts";
import { snapshotHandlers } from "./snapshots.ts";
import { ec2 } from "./state.ts";
import { volumeHandlers } from "./volumes.ts";

const { CreateVolume, DescribeVolumes, AttachVolume, DetachVolume } = volumeHandlers;
const { CreateSnapshot, CopySnapshot, DescribeSnapshots, ModifySnapshotAttribute } = snapshotHandlers;
const code = (expected: string) => expect.objectContaining({ code: expected });
const AvailabilityZone = "eu-west-1a";
let call: Call;
let callIn: (region: string) => Call;
beforeEach(() => {
  ({ callIn } = createTestAccount());
  call = callIn("eu-west-1");
});

function runInstance(): string {
  ec2(call).subnets.set("subnet-1", { SubnetId: "subnet-1", VpcId: "vpc-1", AvailabilityZone });
  const { Instances } = instanceHandlers.RunInstances({ ImageId: "ami-1", MinCount: 1, MaxCount: 1 }, call);
  return Instances?.[0]?.InstanceId ?? "";
}

it("encrypts new volumes and copies of snapshots once that is the region's default", () => {
  const plain = CreateVolume({ AvailabilityZone, Size: 5 }, call);
  const { SnapshotId } = CreateSnapshot({ VolumeId: plain.VolumeId }, call);
  expect(plain.Encrypted).toBe(false);
  accountHandlers.EnableEbsEncryptionByDefault({}, call);
  expect(accountHandlers.GetEbsEncryptionByDefault({}, call)).toEqual({
    EbsEncryptionByDefault: true,
    SseType: "sse-kms",
  });
  const restored = CreateVolume({ AvailabilityZone, SnapshotId }, call);
  expect(restored).toMatchObject({ Encrypted: true, Size: 5, State: "available" });
  const encrypted = (value: string) =>
    DescribeVolumes({ Filters: [{ Name: "encrypted", Values: [value] }] }, call).Volumes.map(
      (volume) => volume.VolumeId,
    );
  expect(encrypted("true")).toEqual([restored.VolumeId]);
  expect(encrypted("false")).toEqual([plain.VolumeId]);
  const there = callIn("us-east-1");
  const source = { SourceRegion: "eu-west-1", SourceSnapshotId: SnapshotId };
  const copy = CopySnapshot({ ...source, Encrypted: true }, there);
  expect(DescribeSnapshots({ OwnerIds: ["self"] }, there).Snapshots).toMatchObject([
    { SnapshotId: copy.SnapshotId, Encrypted: true, VolumeId: "vol-ffffffff" },
  ]);
});

it("swaps an instance's volume", () => {
  const InstanceId = runInstance();
  const { VolumeId } = CreateVolume({ AvailabilityZone, Size: 5 }, call);
  const attach = { InstanceId, VolumeId, Device: "/dev/sdf" };
  AttachVolume(attach, call);
  expect(() => AttachVolume(attach, call)).toThrow(code("VolumeInUse"));
  expect(() => volumeHandlers.DeleteVolume({ VolumeId }, call)).toThrow(code("VolumeInUse"));
  const mapped = () =>
    instanceHandlers
      .DescribeInstances({ InstanceIds: [InstanceId] }, call)
      .Reservations[0]?.Instances?.[0]?.BlockDeviceMappings?.map((one) => one.Ebs?.VolumeId);
  expect(mapped()).toEqual([VolumeId]);
  DetachVolume({ VolumeId }, call);
  expect(mapped()).toEqual([]);
  volumeHandlers.DeleteVolume({ VolumeId }, call);
  expect(() => DescribeVolumes({ VolumeIds: [VolumeId] }, call)).toThrow(code("InvalidVolume.NotFound"));
});

it("shares snapshots with everyone until told otherwise, and never encrypted ones", () => {
  const { VolumeId } = CreateVolume({ AvailabilityZone, Size: 5 }, call);
  const { SnapshotId } = CreateSnapshot({ VolumeId }, call);
  const listPublic = () =>
    DescribeSnapshots({ OwnerIds: ["self"], RestorableByUserIds: ["all"] }, call).Snapshots.map(
      (snapshot) => snapshot.SnapshotId,
    );
  expect(listPublic()).toEqual([]);
  const share = { CreateVolumePermission: { Add: [{ Group: "all" as const }] } };
  ModifySnapshotAttribute({ SnapshotId, ...share }, call);
  expect(listPublic()).toEqual([SnapshotId]);
  const attribute = { SnapshotId, Attribute: "createVolumePermission" as const };
  expect(snapshotHandlers.DescribeSnapshotAttribute(attribute, call)).toEqual({
    SnapshotId,
    CreateVolumePermissions: [{ Group: "all" }],
  });
  ModifySnapshotAttribute({ ...attribute, OperationType: "remove", GroupNames: ["all"] }, call);
  expect(listPublic()).toEqual([]);
  const vault = CreateVolume({ AvailabilityZone, Size: 5, Encrypted: true }, call);
  const secret = CreateSnapshot({ VolumeId: vault.VolumeId }, call);
  expect(() => ModifySnapshotAttribute({ SnapshotId: secret.SnapshotId, ...share }, call)).toThrow(
    code("InvalidParameter"),
  );
});

it("stops, starts and ends instances, and asks for session tokens when told", () => {
  const InstanceId = runInstance();
  const stateOf = () =>
    instanceHandlers.DescribeInstances({ InstanceIds: [InstanceId] }, call).Reservations[0]?.Instances?.[0];
  expect(instanceHandlers.StopInstances({ InstanceIds: [InstanceId] }, call).StoppingInstances).toEqual([
    {
      InstanceId,
      PreviousState: { Name: "running", Code: 16 },
      CurrentState: { Name: "stopping", Code: 64 },
    },
  ]);
  expect(stateOf()?.State).toEqual({ Name: "stopped", Code: 80 });
  instanceHandlers.StartInstances({ InstanceIds: [InstanceId] }, call);
  instanceHandlers.ModifyInstanceMetadataOptions({ InstanceId, HttpTokens: "required" }, call);
  expect(stateOf()?.MetadataOptions).toEqual({
    State: "applied",
    HttpTokens: "required",
    HttpEndpoint: "enabled",
    HttpPutResponseHopLimit: 1,
  });
  instanceHandlers.TerminateInstances({ InstanceIds: [InstanceId] }, call);
  expect(stateOf()?.State?.Name).toBe("terminated");
  expect(() => instanceHandlers.StartInstances({ InstanceIds: [InstanceId] }, call)).toThrow(
    code("IncorrectInstanceState"),
  );
});

it("names regions that are off only when asked for all", () => {
  const names = (input: object) =>
    accountHandlers
      .DescribeRegions(input, call)
      .Regions.map((region) => [region.RegionName, region.OptInStatus]);
  const enabled = [
    ["eu-west-1", "opt-in-not-required"],
    ["us-east-1", "opt-in-not-required"],
  ];
  expect(names({})).toEqual(enabled);
  expect(names({ AllRegions: true })).toEqual([...enabled, ["ap-east-1", "not-opted-in"]]);
});
