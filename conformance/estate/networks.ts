import {
  AuthorizeSecurityGroupIngressCommand,
  CreateFlowLogsCommand,
  CreateManagedPrefixListCommand,
  CreateNetworkAclCommand,
  CreateNetworkAclEntryCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DescribeNetworkAclsCommand,
  DescribeSecurityGroupsCommand,
  type IpPermission,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
} from "@aws-sdk/client-ec2";
import { made, type Site } from "./site.ts";

const anywhere = [{ CidrIp: "0.0.0.0/0" }];
const tcp = (FromPort: number, ToPort: number, rest: Partial<IpPermission>): IpPermission => ({
  IpProtocol: "tcp",
  FromPort,
  ToPort,
  ...rest,
});

/** Networks, and a private subnet for machines. */
export async function makeNetworks(site: Site): Promise<{ privateSubnetId: string }> {
  const { ec2 } = site.clients();
  const createVpc = async (name: string, CidrBlock: string) => {
    const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock }));
    const vpcId = made(Vpc?.VpcId, "VPC");
    site.nameEc2(name, "vpc", vpcId);
    return vpcId;
  };
  const log = (vpcId: string, TrafficType: "ALL" | "ACCEPT" | "REJECT") =>
    ec2.send(
      new CreateFlowLogsCommand({
        ResourceType: "VPC",
        ResourceIds: [vpcId],
        TrafficType,
        LogDestinationType: "s3",
        LogDestination: `arn:aws:s3:::guarded-${site.account}`,
      }),
    );

  const watched = await createVpc("watched-vpc", "10.10.0.0/16");
  await log(watched, "REJECT");
  const halfWatched = await createVpc("half-watched-vpc", "10.11.0.0/16");
  await log(halfWatched, "ACCEPT");
  const unwatched = await createVpc("unwatched-vpc", "10.12.0.0/16");

  await nameDefaultGroup(site, unwatched, "default-group-as-made");
  await closeGroup(site, await nameDefaultGroup(site, watched, "default-group-closed"));
  await makeAcls(site, watched);
  await makeSecurityGroups(site, watched);
  const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId: watched, CidrBlock: "10.10.1.0/24" }));
  return { privateSubnetId: made(Subnet?.SubnetId, "subnet") };
}

async function nameDefaultGroup(site: Site, vpcId: string, name: string): Promise<string> {
  const { SecurityGroups } = await site.clients().ec2.send(
    new DescribeSecurityGroupsCommand({
      Filters: [
        { Name: "vpc-id", Values: [vpcId] },
        { Name: "group-name", Values: ["default"] },
      ],
    }),
  );
  const groupId = made(SecurityGroups?.[0]?.GroupId, "default security group");
  site.nameEc2(name, "security-group", groupId);
  return groupId;
}

async function closeGroup(site: Site, GroupId: string): Promise<void> {
  const { ec2 } = site.clients();
  const { SecurityGroups } = await ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [GroupId] }));
  const group = made(SecurityGroups?.[0], "security group");
  if (group.IpPermissions?.length) {
    await ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions: group.IpPermissions }));
  }
  if (group.IpPermissionsEgress?.length) {
    await ec2.send(
      new RevokeSecurityGroupEgressCommand({ GroupId, IpPermissions: group.IpPermissionsEgress }),
    );
  }
}

async function makeSecurityGroups(site: Site, VpcId: string): Promise<void> {
  const { ec2 } = site.clients();
  const { PrefixList } = await ec2.send(
    new CreateManagedPrefixListCommand({
      PrefixListName: "everyone",
      AddressFamily: "IPv4",
      MaxEntries: 5,
      Entries: [{ Cidr: "0.0.0.0/0" }],
    }),
  );
  const everyone = made(PrefixList?.PrefixListId, "prefix list");
  const groups: Record<string, IpPermission[]> = {
    "ssh-from-anywhere": [tcp(22, 22, { IpRanges: anywhere })],
    "ssh-from-ipv6": [tcp(22, 22, { Ipv6Ranges: [{ CidrIpv6: "::/0" }] })],
    "ssh-in-a-range": [tcp(20, 30, { IpRanges: anywhere })],
    "ssh-from-two-halves": [tcp(22, 22, { IpRanges: [{ CidrIp: "0.0.0.0/1" }, { CidrIp: "128.0.0.0/1" }] })],
    "ssh-from-a-list": [tcp(22, 22, { PrefixListIds: [{ PrefixListId: everyone }] })],
    "ssh-from-the-office": [tcp(22, 22, { IpRanges: [{ CidrIp: "198.51.100.0/24" }] })],
    "rdp-from-anywhere": [tcp(3389, 3389, { IpRanges: anywhere })],
    "cifs-from-anywhere": [tcp(445, 445, { IpRanges: anywhere })],
    "every-tcp-port": [tcp(0, 65535, { IpRanges: anywhere })],
    "every-protocol": [{ IpProtocol: "-1", IpRanges: anywhere }],
    web: [tcp(443, 443, { IpRanges: anywhere, Ipv6Ranges: [{ CidrIpv6: "::/0" }] })],
  };
  for (const [name, IpPermissions] of Object.entries(groups)) {
    const { GroupId } = await ec2.send(
      new CreateSecurityGroupCommand({ GroupName: name, Description: name, VpcId }),
    );
    await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions }));
    site.nameEc2(name, "security-group", made(GroupId, "security group"));
  }
}

async function makeAcls(site: Site, VpcId: string): Promise<void> {
  const { ec2 } = site.clients();
  const { NetworkAcls } = await ec2.send(
    new DescribeNetworkAclsCommand({ Filters: [{ Name: "vpc-id", Values: [VpcId] }] }),
  );
  site.nameEc2("acl-as-made", "network-acl", made(NetworkAcls?.[0]?.NetworkAclId, "network ACL"));

  const create = async (name: string) => {
    const { NetworkAcl } = await ec2.send(new CreateNetworkAclCommand({ VpcId }));
    const NetworkAclId = made(NetworkAcl?.NetworkAclId, "network ACL");
    site.nameEc2(name, "network-acl", NetworkAclId);
    return NetworkAclId;
  };
  const enter = (NetworkAclId: string, RuleNumber: number, RuleAction: "allow" | "deny", port: number) =>
    ec2.send(
      new CreateNetworkAclEntryCommand({
        NetworkAclId,
        RuleNumber,
        RuleAction,
        Egress: false,
        Protocol: "6",
        CidrBlock: "0.0.0.0/0",
        PortRange: { From: port, To: port },
      }),
    );
  await enter(await create("acl-web"), 100, "allow", 443);
  await enter(await create("acl-ssh"), 100, "allow", 22);
  const denied = await create("acl-ssh-denied-first");
  await enter(denied, 90, "deny", 22);
  await enter(denied, 100, "allow", 22);
}
