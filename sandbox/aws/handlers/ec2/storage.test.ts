import { beforeEach, describe, expect, it } from "vitest";
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

describe("what passes by itself", () => {
  const now = new Date("2026-01-31T12:00:00Z");
  const later = () => createdCallIn("eu-west-1", new Date(now.getTime() + 1_000));
  let createdCallIn: ReturnType<typeof createTestAccount>["callIn"];
  beforeEach(() => {
    ({ callIn: createdCallIn } = createTestAccount());
    call = createdCallIn("eu-west-1", now);
    ec2(call).settleAfterMs = 1_000;
  });
  const stateOf = (VolumeId: string | undefined, when: Call) =>
    DescribeVolumes({ VolumeIds: [VolumeId ?? ""] }, when).Volumes[0]?.State;

  it("takes its time, in which what needs it is refused", () => {
    const InstanceId = runInstance();
    const { VolumeId } = CreateVolume({ AvailabilityZone, Size: 5 }, call);
    expect(stateOf(VolumeId, call)).toBe("creating");
    const attach = { InstanceId, VolumeId, Device: "/dev/sdf" };
    expect(() => AttachVolume(attach, call)).toThrow(code("IncorrectState"));
    expect(AttachVolume(attach, later()).State).toBe("attaching");
    const { SnapshotId } = CreateSnapshot({ VolumeId }, later());
    const copy = { SourceRegion: "eu-west-1", SourceSnapshotId: SnapshotId };
    expect(() => CopySnapshot(copy, later())).toThrow(code("IncorrectState"));
    expect(() => CreateVolume({ AvailabilityZone, SnapshotId }, later())).toThrow(code("IncorrectState"));
    instanceHandlers.StopInstances({ InstanceIds: [InstanceId] }, call);
    expect(() => instanceHandlers.StartInstances({ InstanceIds: [InstanceId] }, call)).toThrow(
      code("IncorrectInstanceState"),
    );
    const afterwards = createdCallIn("eu-west-1", new Date(now.getTime() + 3_000));
    expect(CopySnapshot(copy, afterwards).SnapshotId).toMatch(/^snap-/);
    expect(instanceHandlers.StartInstances({ InstanceIds: [InstanceId] }, afterwards)).toMatchObject({
      StartingInstances: [{ CurrentState: { Name: "pending" } }],
    });
  });
});

it("makes a volume once for a client token, and no other one for the same token", () => {
  const asked = { AvailabilityZone, Size: 5, ClientToken: "once" };
  const first = CreateVolume(asked, call);
  expect(CreateVolume(asked, call).VolumeId).toBe(first.VolumeId);
  expect(() => CreateVolume({ ...asked, Size: 6 }, call)).toThrow(code("IdempotentParameterMismatch"));
});

it("makes volumes that perform by their type", () => {
  const make = (more: object) => CreateVolume({ AvailabilityZone, Size: 100, ...more }, call);
  expect(make({})).toMatchObject({ VolumeType: "gp2", Iops: 300 });
  expect(make({ VolumeType: "gp3" })).toMatchObject({ Iops: 3000, Throughput: 125 });
  expect(make({ VolumeType: "io2", Iops: 5000 })).toMatchObject({ Iops: 5000 });
  expect(() => make({ VolumeType: "io2" })).toThrow(code("MissingParameter"));
  expect(() => make({ VolumeType: "gp2", Iops: 3000 })).toThrow(code("InvalidParameterCombination"));
  expect(() => make({ VolumeType: "st1", Throughput: 500 })).toThrow(code("InvalidParameterCombination"));
  const { SnapshotId } = CreateSnapshot({ VolumeId: make({}).VolumeId }, call);
  expect(() => make({ SnapshotId, Size: 99 })).toThrow(code("InvalidParameterValue"));
});

it("starts no instance without a root volume, and gives it another public address", () => {
  const InstanceId = runInstance();
  const found = ec2(call).instances.get(InstanceId);
  const instance = found?.instance;
  const { VolumeId } = CreateVolume({ AvailabilityZone, Size: 5 }, call);
  AttachVolume({ InstanceId, VolumeId, Device: "/dev/xvda" }, call);
  if (instance) {
    instance.RootDeviceName = "/dev/xvda";
    instance.PublicIpAddress = "192.0.2.1";
    instance.NetworkInterfaces = [
      { Attachment: { DeviceIndex: 0 }, Association: { IpOwnerId: "amazon", PublicIp: "192.0.2.1" } },
      { Attachment: { DeviceIndex: 1 }, Association: { IpOwnerId: "123456789012", PublicIp: "192.0.2.2" } },
    ];
  }
  expect(() => DetachVolume({ VolumeId }, call)).toThrow(code("OperationNotPermitted"));
  instanceHandlers.ModifyInstanceAttribute(
    { InstanceId, BlockDeviceMappings: [{ DeviceName: "/dev/xvda", Ebs: { DeleteOnTermination: true } }] },
    call,
  );
  expect(DescribeVolumes({ VolumeIds: [VolumeId ?? ""] }, call).Volumes[0]?.Attachments).toMatchObject([
    { Device: "/dev/xvda", DeleteOnTermination: true },
  ]);
  instanceHandlers.StopInstances({ InstanceIds: [InstanceId] }, call);
  const addresses = () => instance?.NetworkInterfaces?.map((card) => card.Association?.PublicIp);
  expect([instance?.PublicIpAddress, addresses()]).toEqual([undefined, [undefined, "192.0.2.2"]]);
  DetachVolume({ VolumeId }, call);
  const start = () => instanceHandlers.StartInstances({ InstanceIds: [InstanceId] }, call);
  expect(start).toThrow(code("InvalidParameterValue"));
  AttachVolume({ InstanceId, VolumeId, Device: "/dev/xvda" }, call);
  start();
  const address = expect.stringMatching(/^203\.0\.113\.\d+$/);
  expect([instance?.PublicIpAddress, addresses()]).toEqual([address, [address, "192.0.2.2"]]);
});

it("lets nobody set AWS's own tags", () => {
  const { VolumeId = "" } = CreateVolume({ AvailabilityZone, Size: 5 }, call);
  const tag = (Key: string) =>
    accountHandlers.CreateTags({ Resources: [VolumeId], Tags: [{ Key, Value: "x" }] }, call);
  expect(() => tag("aws:cloudformation:stack-name")).toThrow(code("InvalidParameterValue"));
  expect(tag("awsome")).toEqual({});
});
