import {
  type Instance,
  type InstanceMetadataOptionsResponse,
  paginateDescribeInstances,
} from "@aws-sdk/client-ec2";
import { listing, oneOf, readPromised, required, timeOf } from "../answers.ts";
import type { Resource } from "../model.ts";
import type { AwsCollector, AwsContext } from "./collector.ts";
import { distinct, ec2Resource, pageSize } from "./ec2-common.ts";

export const instances: AwsCollector<"aws.ec2.instance"> = {
  kind: "aws.ec2.instance",
  cloud: "aws",
  service: "ec2",
  scope: "regional",
  permissions: ["ec2:DescribeInstances"],
  collect(context) {
    const { clients, signal } = context;
    const pages = paginateDescribeInstances({ client: clients.ec2, pageSize }, {}, { abortSignal: signal });
    const found = listing("ec2:DescribeInstances", pages, (page) =>
      page.Reservations?.flatMap((reservation) => required(reservation.Instances, "Instances")),
    );
    return context.each(found, (instance) => describeInstance(context, instance));
  },
};

async function describeInstance(
  context: AwsContext,
  instance: Instance,
): Promise<Resource<"aws.ec2.instance"> | null> {
  const state = required(instance.State?.Name, "State.Name");
  // Terminated instances stay listed for an hour or so; they are gone.
  if (state === "terminated") return null;
  const common = ec2Resource(context, "instance", instance.InstanceId, instance.Tags);
  const { MetadataOptions, NetworkInterfaces, PublicIpAddress } = instance;
  const { read, unread } = await readPromised(context, common.uid, "ec2:DescribeInstances", {
    metadata: MetadataOptions && metadataOf(MetadataOptions),
    publicIps: NetworkInterfaces || PublicIpAddress ? publicIpsOf(instance) : undefined,
  });
  const interfaces = NetworkInterfaces ?? [];
  return {
    ...common,
    kind: "aws.ec2.instance",
    config: {
      state,
      type: required(instance.InstanceType, "InstanceType"),
      imageId: instance.ImageId ?? null,
      launchedAt: timeOf(instance.LaunchTime),
      ipv6Addresses: distinct([
        instance.Ipv6Address,
        ...interfaces.flatMap((card) => (card.Ipv6Addresses ?? []).map((address) => address.Ipv6Address)),
      ]),
      ...read,
      instanceProfileArn: instance.IamInstanceProfile?.Arn ?? null,
      vpcId: instance.VpcId ?? null,
      subnetId: instance.SubnetId ?? null,
      securityGroupIds: distinct([
        ...(instance.SecurityGroups ?? []).map((group) => group.GroupId),
        ...interfaces.flatMap((card) => (card.Groups ?? []).map((group) => group.GroupId)),
      ]),
      volumeIds: distinct((instance.BlockDeviceMappings ?? []).map((device) => device.Ebs?.VolumeId)),
      keyName: instance.KeyName ?? null,
    },
    unread,
  };
}

function publicIpsOf(instance: Instance): string[] {
  const interfaces = instance.NetworkInterfaces ?? [];
  const addresses = interfaces.flatMap((card) => card.PrivateIpAddresses ?? []);
  return distinct([
    instance.PublicIpAddress,
    ...interfaces.map((card) => card.Association?.PublicIp),
    ...addresses.map((address) => address.Association?.PublicIp),
  ]);
}

function metadataOf({ HttpEndpoint, HttpTokens, HttpPutResponseHopLimit }: InstanceMetadataOptionsResponse) {
  return {
    endpoint: oneOf(HttpEndpoint, ["enabled", "disabled"], "HttpEndpoint"),
    tokens: oneOf(HttpTokens, ["required", "optional"], "HttpTokens"),
    hopLimit: HttpPutResponseHopLimit ?? null,
  };
}
