import type { NetworkAclEntry } from "@aws-sdk/client-ec2";
import { defaultLogFormat } from "#sandbox/aws/handlers/ec2/flow-logs.ts";
import { ec2State } from "#sandbox/aws/handlers/ec2/state.ts";
import { addSecurityGroup, type GroupRef } from "./security-group.ts";
import { arnOf, daysAgo, makeId, type Site, type Tags, toTags } from "./site.ts";

export type VpcSpec = {
  name: string;
  /** The first two numbers of its /16, such as `10.20`. */
  prefix: string;
  isDefault?: boolean;
  flowLogs?: "ALL" | "REJECT" | "none";
  /** The default group with the rules AWS gives it, or emptied. */
  defaultGroup?: "as-made" | "emptied";
  networkAcl?: AclName;
  ipv6Cidr?: string;
  tags?: Tags;
};

/** A VPC and what the builders need to put things in it. */
export type Network = {
  vpcId: string;
  prefix: string;
  subnets: { id: string; zone: string; prefix: string; isPublic: boolean }[];
  defaultGroup: GroupRef;
  /** Addresses handed out so far. */
  hosts: number;
};

export type AclName = "as-made" | "web-only" | "admin-denied-first" | "ssh-open" | "rdp-open-ipv6";

export function addVpc(site: Site, spec: VpcSpec): Network {
  const state = ec2State(site.account, site.region);
  const { name, prefix } = spec;
  const VpcId = makeId(site, "vpc");
  const OwnerId = site.account.id;
  const tags = { ...(spec.isDefault ? {} : { Name: name }), ...spec.tags };
  state.vpcs.set(VpcId, {
    VpcId,
    OwnerId,
    State: "available",
    CidrBlock: `${prefix}.0.0/16`,
    CidrBlockAssociationSet: [
      {
        AssociationId: makeId(site, "vpc-cidr-assoc"),
        CidrBlock: `${prefix}.0.0/16`,
        CidrBlockState: { State: "associated" },
      },
    ],
    ...(spec.ipv6Cidr
      ? {
          Ipv6CidrBlockAssociationSet: [
            {
              AssociationId: makeId(site, "vpc-cidr-assoc"),
              Ipv6CidrBlock: spec.ipv6Cidr,
              Ipv6CidrBlockState: { State: "associated" as const },
              Ipv6Pool: "Amazon",
            },
          ],
        }
      : {}),
    DhcpOptionsId: "dopt-0c0ffee0123456789",
    InstanceTenancy: "default",
    IsDefault: spec.isDefault ?? false,
    Tags: toTags(tags),
  });
  const subnets = ["a", "b", "c"].map((letter, index) =>
    addSubnet(site, VpcId, spec, `${site.region}${letter}`, index),
  );
  addNetworkAcl(
    site,
    VpcId,
    subnets.map((subnet) => subnet.id),
    spec,
  );
  const flowLogs = spec.flowLogs ?? "none";
  if (flowLogs !== "none") addFlowLog(site, VpcId, flowLogs, name);
  const isEmptied = spec.defaultGroup === "emptied";
  const defaultGroup = addSecurityGroup(site, VpcId, {
    name: "default",
    description: "default VPC security group",
    ingress: isEmptied ? [] : [["-1", null, "self"]],
    ...(isEmptied ? { egress: [] } : {}),
  });
  return { vpcId: VpcId, prefix, subnets, defaultGroup, hosts: 0 };
}

function addSubnet(site: Site, VpcId: string, spec: VpcSpec, zone: string, index: number) {
  const SubnetId = makeId(site, "subnet");
  const isPublic = spec.isDefault === true || index === 0;
  const prefix = `${spec.prefix}.${index * 64}`;
  ec2State(site.account, site.region).subnets.set(SubnetId, {
    SubnetId,
    SubnetArn: arnOf(site, "ec2", `subnet/${SubnetId}`),
    VpcId,
    OwnerId: site.account.id,
    State: "available",
    AvailabilityZone: zone,
    CidrBlock: `${prefix}.0/18`,
    AvailableIpAddressCount: 16_379,
    DefaultForAz: spec.isDefault ?? false,
    MapPublicIpOnLaunch: isPublic,
    AssignIpv6AddressOnCreation: false,
    Tags: spec.isDefault
      ? []
      : toTags({ Name: `${spec.name} ${isPublic ? "public" : "private"} ${zone.slice(-1)}` }),
  });
  return { id: SubnetId, zone, prefix, isPublic };
}

type EntrySpec = readonly [
  RuleNumber: number,
  RuleAction: "allow" | "deny",
  Protocol: "-1" | "6" | "17",
  ports: readonly [From: number, To: number] | null,
  cidr: string,
];

const anyone: EntrySpec[] = [[100, "allow", "-1", null, "0.0.0.0/0"]];

/** Inbound entries of each kind of network ACL; outbound is open in all of them. */
const aclEntries: Record<AclName, EntrySpec[]> = {
  "as-made": anyone,
  "web-only": [
    [100, "allow", "6", [443, 443], "0.0.0.0/0"],
    [110, "allow", "-1", null, "10.0.0.0/8"],
    [120, "allow", "6", [32_768, 60_999], "0.0.0.0/0"],
  ],
  // The wide range comes after the refusals, and so opens neither port.
  "admin-denied-first": [
    [80, "deny", "6", [22, 22], "0.0.0.0/0"],
    [90, "deny", "6", [3389, 3389], "0.0.0.0/0"],
    [100, "allow", "6", [1, 65_535], "0.0.0.0/0"],
  ],
  "ssh-open": [
    [100, "allow", "6", [443, 443], "0.0.0.0/0"],
    [110, "allow", "6", [20, 25], "0.0.0.0/0"],
  ],
  "rdp-open-ipv6": [
    [100, "allow", "6", [443, 443], "0.0.0.0/0"],
    [101, "allow", "6", [3389, 3389], "::/0"],
  ],
};

function addNetworkAcl(site: Site, VpcId: string, subnetIds: string[], spec: VpcSpec): void {
  const NetworkAclId = makeId(site, "acl");
  const name = spec.networkAcl ?? "as-made";
  ec2State(site.account, site.region).networkAcls.set(NetworkAclId, {
    NetworkAclId,
    VpcId,
    OwnerId: site.account.id,
    IsDefault: true,
    Entries: [
      ...anyone.map((entry) => toEntry(entry, true)),
      closing(true),
      ...aclEntries[name].map((entry) => toEntry(entry, false)),
      closing(false),
    ],
    Associations: subnetIds.map((SubnetId) => ({
      NetworkAclAssociationId: makeId(site, "aclassoc"),
      NetworkAclId,
      SubnetId,
    })),
    Tags: toTags(name === "as-made" ? {} : { Name: `${spec.name} ${name}` }),
  });
}

function toEntry(
  [RuleNumber, RuleAction, Protocol, ports, cidr]: EntrySpec,
  Egress: boolean,
): NetworkAclEntry {
  return {
    ...(cidr.includes(":") ? { Ipv6CidrBlock: cidr } : { CidrBlock: cidr }),
    ...(ports ? { PortRange: { From: ports[0], To: ports[1] } } : {}),
    Egress,
    Protocol,
    RuleAction,
    RuleNumber,
  };
}

/** The refusal of everything else that ends every network ACL. */
function closing(Egress: boolean): NetworkAclEntry {
  return { CidrBlock: "0.0.0.0/0", Egress, Protocol: "-1", RuleAction: "deny", RuleNumber: 32_767 };
}

function addFlowLog(site: Site, ResourceId: string, TrafficType: "ALL" | "REJECT", name: string): void {
  const FlowLogId = makeId(site, "fl");
  ec2State(site.account, site.region).flowLogs.set(FlowLogId, {
    FlowLogId,
    ResourceId,
    CreationTime: daysAgo(site, 180),
    FlowLogStatus: "ACTIVE",
    DeliverLogsStatus: "SUCCESS",
    TrafficType,
    LogDestinationType: "cloud-watch-logs",
    LogGroupName: `/vpc/${name}`,
    DeliverLogsPermissionArn: `arn:aws:iam::${site.account.id}:role/vpc-flow-logs`,
    LogFormat: defaultLogFormat,
    MaxAggregationInterval: 600,
    Tags: [],
  });
}

export type PrefixListSpec = { name: string; entries: [cidr: string, description: string][]; tags?: Tags };

export function addPrefixList(site: Site, spec: PrefixListSpec): string {
  const PrefixListId = makeId(site, "pl");
  ec2State(site.account, site.region).prefixLists.set(PrefixListId, {
    list: {
      PrefixListId,
      PrefixListName: spec.name,
      PrefixListArn: arnOf(site, "ec2", `prefix-list/${PrefixListId}`),
      AddressFamily: "IPv4",
      State: "create-complete",
      MaxEntries: 20,
      Version: 1,
      OwnerId: site.account.id,
      Tags: toTags(spec.tags ?? {}),
    },
    entries: spec.entries.map(([Cidr, Description]) => ({ Cidr, Description })),
  });
  return PrefixListId;
}

/** The lists of its own addresses that AWS keeps in every region. */
export function addAwsPrefixLists(site: Site): void {
  for (const [service, cidr] of [
    [`${site.region}.s3`, "52.218.0.0/17"],
    [`${site.region}.dynamodb`, "52.94.24.0/23"],
    ["global.cloudfront.origin-facing", "120.52.22.96/27"],
  ] as const) {
    const PrefixListId = `pl-${site.random.hex(8)}`;
    ec2State(site.account, site.region).prefixLists.set(PrefixListId, {
      list: {
        PrefixListId,
        PrefixListName: `com.amazonaws.${service}`,
        PrefixListArn: `arn:aws:ec2:${site.region}:aws:prefix-list/${PrefixListId}`,
        AddressFamily: "IPv4",
        State: "create-complete",
        OwnerId: "AWS",
        Tags: [],
      },
      entries: [{ Cidr: cidr }],
    });
  }
}
