import type { Instance, InstanceStateName } from "@aws-sdk/client-ec2";
import { toInstanceState } from "#sandbox/aws/handlers/ec2/instances.ts";
import { ec2State } from "#sandbox/aws/handlers/ec2/state.ts";
import { performanceOf } from "#sandbox/aws/handlers/ec2/volume-performance.ts";
import { kmsState } from "#sandbox/aws/handlers/kms.ts";
import type { Network } from "./network.ts";
import type { GroupRef } from "./security-group.ts";
import { arnOf, daysAgo, makeId, type Site, type Tags, toTags } from "./site.ts";

export type InstanceSpec = {
  name: string;
  network: Network;
  groups: GroupRef[];
  type?: Instance["InstanceType"];
  state?: InstanceStateName;
  ageDays?: number;
  /** In the public subnet, with an address of its own. */
  isPublic?: boolean;
  /** An address of its own at a second interface alone. */
  publicIpOnSecondInterface?: boolean;
  ipv6?: string;
  /** Session tokens of the metadata service; `off`: the service is. */
  imds?: "required" | "optional" | "off";
  hopLimit?: number;
  profileArn?: string;
  imageId?: string;
  keyName?: string;
  /** Launched together with the instance before it. */
  reservationId?: string;
  volumes?: VolumeSpec[];
  tags?: Tags;
};

export type VolumeSpec = { sizeGib: number; kmsKeyArn?: string | null; type?: "gp2" | "gp3" | "io2" };

/** Adds an instance and its volumes; the first is the root volume. */
export function addInstance(site: Site, spec: InstanceSpec): { instanceId: string; volumeIds: string[] } {
  const state = ec2State(site.account, site.region);
  const InstanceId = makeId(site, "i");
  const { network, imds = "required", state: stateName = "running" } = spec;
  const launched = daysAgo(site, spec.ageDays ?? 40);
  const subnet = network.subnets[spec.isPublic ? 0 : 1 + (network.hosts % 2)];
  if (!subnet) throw new Error(`${network.vpcId} has no subnets.`);
  const instance: Instance & { InstanceId: string } = {
    InstanceId,
    AmiLaunchIndex: 0,
    ImageId: spec.imageId ?? "ami-0e9085e60087ce171",
    InstanceType: spec.type ?? "t3.medium",
    LaunchTime: launched,
    Architecture: "x86_64",
    PlatformDetails: "Linux/UNIX",
    RootDeviceName: "/dev/xvda",
    RootDeviceType: "ebs",
    Placement: { AvailabilityZone: subnet.zone, Tenancy: "default" },
    Monitoring: { State: "disabled" },
    MetadataOptions: {
      State: "applied",
      HttpEndpoint: imds === "off" ? "disabled" : "enabled",
      HttpTokens: imds === "required" ? "required" : "optional",
      HttpPutResponseHopLimit: spec.hopLimit ?? (imds === "required" ? 2 : 1),
      HttpProtocolIpv6: "disabled",
      InstanceMetadataTags: "disabled",
    },
    Tags: toTags({ Name: spec.name, ...spec.tags }),
    ...(spec.keyName ? { KeyName: spec.keyName } : {}),
    ...(spec.profileArn
      ? { IamInstanceProfile: { Arn: spec.profileArn, Id: `AIPA${site.random.hex(17).toUpperCase()}` } }
      : {}),
  };
  const volumeIds: string[] = [];
  const reservationId = spec.reservationId ?? makeId(site, "r");
  state.instances.set(InstanceId, {
    reservationId,
    instance: { ...instance, State: toInstanceState(stateName) },
  });
  // A terminated instance is listed for a while with nothing left to it.
  if (stateName === "terminated") return { instanceId: InstanceId, volumeIds };
  for (const [index, volume] of (spec.volumes ?? [{ sizeGib: 20 }]).entries()) {
    const device = index === 0 ? "/dev/xvda" : `/dev/sd${String.fromCharCode(101 + index)}`;
    volumeIds.push(
      addVolume(site, {
        ...volume,
        zone: subnet.zone,
        ageDays: spec.ageDays ?? 40,
        attachedTo: { instanceId: InstanceId, device },
        tags: spec.tags,
      }),
    );
  }
  const complete = { ...instance, State: toInstanceState(stateName) };
  state.instances.set(InstanceId, {
    reservationId,
    instance: {
      ...complete,
      ...placeInNetwork(site, spec, subnet),
      BlockDeviceMappings: volumeIds.map((VolumeId) => ({
        DeviceName: state.volumes.get(VolumeId)?.Attachments?.[0]?.Device,
        Ebs: { VolumeId, AttachTime: launched, Status: "attached", DeleteOnTermination: true },
      })),
    },
  });
  return { instanceId: InstanceId, volumeIds };
}

function placeInNetwork(
  site: Site,
  spec: InstanceSpec,
  subnet: Network["subnets"][number],
): Partial<Instance> {
  const { network, groups } = spec;
  const isRunning = (spec.state ?? "running") === "running";
  const host = ++network.hosts;
  const address = `${subnet.prefix.split(".").slice(0, 2).join(".")}.${Number(subnet.prefix.split(".")[2]) + ((host >> 8) % 64)}.${host % 256}`;
  const makeInterface = (index: number, publicIp: string | undefined) => ({
    NetworkInterfaceId: makeId(site, "eni"),
    OwnerId: site.account.id,
    Status: "in-use" as const,
    Description: index === 0 ? "" : "Secondary interface",
    InterfaceType: "interface",
    MacAddress: `0a:${site.random.hex(10).replace(/(..)(?=.)/g, "$1:")}`,
    PrivateIpAddress: address,
    PrivateIpAddresses: [{ Primary: true, PrivateIpAddress: address }],
    Groups: groups,
    SubnetId: subnet.id,
    VpcId: network.vpcId,
    SourceDestCheck: true,
    Attachment: {
      AttachmentId: makeId(site, "eni-attach"),
      DeviceIndex: index,
      Status: "attached" as const,
      DeleteOnTermination: true,
    },
    Ipv6Addresses: index === 0 && spec.ipv6 ? [{ Ipv6Address: spec.ipv6, IsPrimaryIpv6: false }] : [],
    ...(publicIp ? { Association: { IpOwnerId: "amazon", PublicIp: publicIp } } : {}),
  });
  // An address that isn't an elastic one goes when the instance stops. The ranges are those kept for documentation.
  const publicIp = isRunning ? `203.0.113.${1 + (host % 254)}` : undefined;
  const interfaces = [makeInterface(0, spec.isPublic ? publicIp : undefined)];
  if (spec.publicIpOnSecondInterface) interfaces.push(makeInterface(1, `198.51.100.${1 + (host % 254)}`));
  return {
    VpcId: network.vpcId,
    SubnetId: subnet.id,
    PrivateIpAddress: address,
    ...(spec.isPublic && publicIp ? { PublicIpAddress: publicIp } : {}),
    SecurityGroups: groups,
    NetworkInterfaces: interfaces,
    SourceDestCheck: true,
  };
}

export type FreeVolumeSpec = VolumeSpec & {
  zone: string;
  ageDays?: number;
  attachedTo?: { instanceId: string; device: string };
  name?: string;
  tags?: Tags;
};

/** `kmsKeyArn`: `null` for a volume that isn't encrypted; the account's default key when left out. */
export function addVolume(site: Site, spec: FreeVolumeSpec): string {
  const VolumeId = makeId(site, "vol");
  const created = daysAgo(site, spec.ageDays ?? 40);
  const Encrypted = spec.kmsKeyArn !== null;
  ec2State(site.account, site.region).volumes.set(VolumeId, {
    VolumeId,
    Size: spec.sizeGib,
    ...performanceOf(
      { VolumeType: spec.type ?? "gp3", ...(spec.type === "io2" ? { Iops: 3000 } : {}) },
      spec.sizeGib,
    ),
    SnapshotId: "",
    AvailabilityZone: spec.zone,
    State: spec.attachedTo ? "in-use" : "available",
    CreateTime: created,
    Encrypted,
    ...(Encrypted ? { KmsKeyId: spec.kmsKeyArn ?? defaultKeyArn(site) } : {}),
    MultiAttachEnabled: false,
    Attachments: spec.attachedTo
      ? [
          {
            VolumeId,
            InstanceId: spec.attachedTo.instanceId,
            Device: spec.attachedTo.device,
            State: "attached",
            AttachTime: created,
            DeleteOnTermination: true,
          },
        ]
      : [],
    Tags: toTags({ ...(spec.name ? { Name: spec.name } : {}), ...spec.tags }),
  });
  return VolumeId;
}

/** AWS's own key for volumes of the region. */
function defaultKeyArn(site: Site): string {
  const target = kmsState(site.account, site.region).aliases.get("alias/aws/ebs")?.TargetKeyId;
  return arnOf(site, "kms", target ? `key/${target}` : "alias/aws/ebs");
}

export type SnapshotSpec = {
  description: string;
  volumeId?: string;
  sizeGib?: number;
  ageDays?: number;
  isEncrypted?: boolean;
  /** Shared with everyone, or with the accounts named. */
  sharedWith?: "all" | string[];
  tags?: Tags;
};

export function addSnapshot(site: Site, spec: SnapshotSpec): string {
  const state = ec2State(site.account, site.region);
  const SnapshotId = makeId(site, "snap");
  const volume = state.volumes.get(spec.volumeId ?? "");
  const Encrypted = spec.isEncrypted ?? volume?.Encrypted ?? true;
  state.snapshots.set(SnapshotId, {
    SnapshotId,
    VolumeId: spec.volumeId ?? "vol-ffffffff",
    VolumeSize: spec.sizeGib ?? volume?.Size ?? 20,
    OwnerId: site.account.id,
    Description: spec.description,
    StartTime: daysAgo(site, spec.ageDays ?? 7),
    State: "completed",
    Progress: "100%",
    StorageTier: "standard",
    Encrypted,
    ...(Encrypted ? { KmsKeyId: volume?.KmsKeyId ?? defaultKeyArn(site) } : {}),
    Tags: toTags(spec.tags ?? {}),
  });
  if (spec.sharedWith === "all") state.snapshotPermissions.set(SnapshotId, [{ Group: "all" }]);
  else if (spec.sharedWith) {
    state.snapshotPermissions.set(
      SnapshotId,
      spec.sharedWith.map((UserId) => ({ UserId })),
    );
  }
  return SnapshotId;
}

export function addImage(site: Site, name: string, options: { ageDays: number; tags: Tags }): string {
  const ImageId = makeId(site, "ami");
  ec2State(site.account, site.region).images.set(ImageId, {
    ImageId,
    Name: name,
    Description: `Golden image ${name}`,
    OwnerId: site.account.id,
    ImageLocation: `${site.account.id}/${name}`,
    ImageType: "machine",
    Architecture: "x86_64",
    PlatformDetails: "Linux/UNIX",
    State: "available",
    Public: false,
    CreationDate: daysAgo(site, options.ageDays).toISOString(),
    RootDeviceName: "/dev/xvda",
    RootDeviceType: "ebs",
    VirtualizationType: "hvm",
    ImdsSupport: "v2.0",
    Tags: toTags(options.tags),
  });
  return ImageId;
}
