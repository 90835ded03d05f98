import type { Address, NetworkInterface, Subnet, Tag, Vpc } from "@aws-sdk/client-ec2";
import type { Operations } from "../operations.ts";
import { takePage } from "../paging.ts";
import { type Describing, describeItems, filterItems } from "./describe.ts";
import { type Ec2State, ec2, type PrefixListState } from "./state.ts";

const vpcs: Describing<Vpc> = {
  id: (vpc) => vpc.VpcId,
  tags: (vpc) => vpc.Tags,
  notFound: ["InvalidVpcID.NotFound", "vpc ID"],
  filters: {
    "vpc-id": (vpc) => vpc.VpcId,
    "is-default": (vpc) => vpc.IsDefault,
    isDefault: (vpc) => vpc.IsDefault,
    state: (vpc) => vpc.State,
    cidr: (vpc) => vpc.CidrBlock,
    "cidr-block": (vpc) => vpc.CidrBlock,
    "owner-id": (vpc) => vpc.OwnerId,
  },
};

const subnets: Describing<Subnet> = {
  id: (subnet) => subnet.SubnetId,
  tags: (subnet) => subnet.Tags,
  notFound: ["InvalidSubnetID.NotFound", "subnet ID"],
  filters: {
    "subnet-id": (subnet) => subnet.SubnetId,
    "vpc-id": (subnet) => subnet.VpcId,
    "availability-zone": (subnet) => subnet.AvailabilityZone,
    "map-public-ip-on-launch": (subnet) => subnet.MapPublicIpOnLaunch,
    "default-for-az": (subnet) => subnet.DefaultForAz,
    "cidr-block": (subnet) => subnet.CidrBlock,
    state: (subnet) => subnet.State,
    "owner-id": (subnet) => subnet.OwnerId,
  },
};

const interfaces: Describing<NetworkInterface> = {
  id: (one) => one.NetworkInterfaceId,
  tags: (one) => one.TagSet,
  notFound: ["InvalidNetworkInterfaceID.NotFound", "networkInterface ID"],
  filters: {
    "network-interface-id": (one) => one.NetworkInterfaceId,
    "attachment.instance-id": (one) => one.Attachment?.InstanceId,
    "group-id": (one) => one.Groups?.map((group) => group.GroupId),
    "group-name": (one) => one.Groups?.map((group) => group.GroupName),
    "vpc-id": (one) => one.VpcId,
    "subnet-id": (one) => one.SubnetId,
    "interface-type": (one) => one.InterfaceType,
    "association.public-ip": (one) => one.Association?.PublicIp,
    "private-ip-address": (one) => one.PrivateIpAddress,
    description: (one) => one.Description,
    status: (one) => one.Status,
    "owner-id": (one) => one.OwnerId,
    "requester-managed": (one) => one.RequesterManaged,
  },
};

const addresses: Pick<Describing<Address>, "tags" | "filters"> = {
  tags: (address) => address.Tags,
  filters: {
    "allocation-id": (address) => address.AllocationId,
    "public-ip": (address) => address.PublicIp,
    "instance-id": (address) => address.InstanceId,
    "network-interface-id": (address) => address.NetworkInterfaceId,
    domain: (address) => address.Domain,
  },
};

const prefixLists: Describing<PrefixListState> = {
  id: ({ list }) => list.PrefixListId,
  tags: ({ list }) => list.Tags,
  notFound: ["InvalidPrefixListID.NotFound", "prefix list ID"],
  filters: {
    "prefix-list-id": ({ list }) => list.PrefixListId,
    "prefix-list-name": ({ list }) => list.PrefixListName,
    "owner-id": ({ list }) => list.OwnerId,
  },
};

/** Networks and what is in them, read only. */
export const networkHandlers = {
  DescribeVpcs: (input, call) => {
    const page = describeItems(ec2(call).vpcs.values(), input, input.VpcIds, vpcs);
    return { Vpcs: page.items, NextToken: page.next };
  },
  DescribeSubnets: (input, call) => {
    const page = describeItems(ec2(call).subnets.values(), input, input.SubnetIds, subnets);
    return { Subnets: page.items, NextToken: page.next };
  },
  DescribeNetworkInterfaces: (input, call) => {
    const page = describeItems(findInterfaces(ec2(call)), input, input.NetworkInterfaceIds, interfaces);
    return { NetworkInterfaces: page.items, NextToken: page.next };
  },
  // One of EC2's lists that never page.
  DescribeAddresses: (input, call) => {
    const { AllocationIds, PublicIps } = input;
    const all = [...ec2(call).addresses.values()].filter(
      (address) =>
        (!AllocationIds?.length || AllocationIds.includes(address.AllocationId ?? "")) &&
        (!PublicIps?.length || PublicIps.includes(address.PublicIp ?? "")),
    );
    return { Addresses: filterItems(all, input.Filters, addresses) };
  },
  DescribeManagedPrefixLists: (input, call) => {
    const page = describeItems(ec2(call).prefixLists.values(), input, input.PrefixListIds, prefixLists);
    return { PrefixLists: page.items.map(({ list }) => list), NextToken: page.next };
  },
  GetManagedPrefixListEntries: (input, call) => {
    const [found] = describeItems(
      ec2(call).prefixLists.values(),
      {},
      [input.PrefixListId ?? ""],
      prefixLists,
    ).items;
    const page = takePage(found?.entries ?? [], {
      token: input.NextToken,
      max: input.MaxResults,
      key: (entry) => entry.Cidr ?? "",
      badToken: "InvalidPaginationToken",
    });
    return { Entries: page.items, NextToken: page.next };
  },
} satisfies Operations<typeof import("@aws-sdk/client-ec2")>;

/** The interfaces of instances, which EC2 shows as part of these too, and all others. */
function findInterfaces(state: Ec2State): NetworkInterface[] {
  const ofInstances = [...state.instances.values()].flatMap(({ instance }) =>
    (instance.NetworkInterfaces ?? []).map(({ Attachment, ...rest }): NetworkInterface => {
      const tags: Tag[] = [];
      return {
        ...rest,
        Ipv6Addresses: rest.Ipv6Addresses?.map(({ Ipv6Address }) => ({ Ipv6Address })),
        PrivateIpAddresses: rest.PrivateIpAddresses?.map(({ PrivateIpAddress, Primary }) => ({
          PrivateIpAddress,
          Primary,
        })),
        Ipv4Prefixes: undefined,
        Ipv6Prefixes: undefined,
        ConnectionTrackingConfiguration: undefined,
        InterfaceType: "interface",
        AvailabilityZone: instance.Placement?.AvailabilityZone,
        Attachment: { ...Attachment, InstanceId: instance.InstanceId, InstanceOwnerId: rest.OwnerId },
        TagSet: tags,
        RequesterManaged: false,
      };
    }),
  );
  return [...ofInstances, ...state.interfaces.values()];
}
