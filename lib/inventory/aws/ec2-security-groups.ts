import {
  type IpPermission,
  type ManagedPrefixList,
  paginateDescribeManagedPrefixLists,
  paginateDescribeSecurityGroups,
  paginateGetManagedPrefixListEntries,
  type SecurityGroup,
} from "@aws-sdk/client-ec2";
import { cut, listing, oneOf, readAndUnread, readPromised, required, tagRecord } from "../answers.ts";
import type { Resource } from "../model.ts";
import type { AwsCollector, AwsContext } from "./collector.ts";
import type { SecurityGroupRule } from "./ec2.kinds.ts";
import { ec2Resource, pageSize } from "./ec2-common.ts";

export const securityGroups: AwsCollector<"aws.ec2.security-group"> = {
  kind: "aws.ec2.security-group",
  cloud: "aws",
  service: "ec2",
  scope: "regional",
  permissions: ["ec2:DescribeSecurityGroups"],
  collect(context) {
    const { clients, signal } = context;
    const pages = paginateDescribeSecurityGroups(
      { client: clients.ec2, pageSize },
      {},
      { abortSignal: signal },
    );
    const found = listing("ec2:DescribeSecurityGroups", pages, (page) => page.SecurityGroups);
    return context.each(found, (group) => describeGroup(context, group));
  },
};

async function describeGroup(
  context: AwsContext,
  group: SecurityGroup,
): Promise<Resource<"aws.ec2.security-group">> {
  const groupId = required(group.GroupId, "GroupId");
  const name = required(group.GroupName, "GroupName");
  const common = ec2Resource(context, "security-group", groupId, group.Tags);
  const { read, unread } = await readPromised(context, common.uid, "ec2:DescribeSecurityGroups", {
    ingress: group.IpPermissions?.flatMap(rulesOf),
    egress: group.IpPermissionsEgress?.flatMap(rulesOf),
  });
  return {
    ...common,
    kind: "aws.ec2.security-group",
    name: cut(name),
    config: {
      groupId,
      description: group.Description === undefined ? null : cut(group.Description),
      vpcId: group.VpcId ?? null,
      isDefault: name === "default",
      ...read,
    },
    unread,
  };
}

function rulesOf(permission: IpPermission): SecurityGroupRule[] {
  const protocol = required(permission.IpProtocol, "IpProtocol");
  const allProtocols = protocol === "-1";
  const common = {
    protocol,
    fromPort: allProtocols ? null : (permission.FromPort ?? null),
    toPort: allProtocols ? null : (permission.ToPort ?? null),
  };
  const rule = (
    peerType: SecurityGroupRule["peerType"],
    peer: string | undefined,
    description: string | undefined,
  ): SecurityGroupRule => ({
    ...common,
    peerType,
    peer: required(peer, `${peerType} peer`),
    description: description === undefined ? null : cut(description),
  });
  return [
    ...(permission.IpRanges ?? []).map((range) => rule("ipv4", range.CidrIp, range.Description)),
    ...(permission.Ipv6Ranges ?? []).map((range) => rule("ipv6", range.CidrIpv6, range.Description)),
    ...(permission.PrefixListIds ?? []).map((list) =>
      rule("prefix-list", list.PrefixListId, list.Description),
    ),
    ...(permission.UserIdGroupPairs ?? []).map((pair) =>
      // A group of a peer that is gone keeps its rule, at times without the id.
      rule("security-group", pair.GroupId ?? pair.GroupName ?? pair.UserId, pair.Description),
    ),
  ];
}

export const prefixLists: AwsCollector<"aws.ec2.prefix-list"> = {
  kind: "aws.ec2.prefix-list",
  cloud: "aws",
  service: "ec2",
  scope: "regional",
  permissions: ["ec2:DescribeManagedPrefixLists", "ec2:GetManagedPrefixListEntries"],
  collect(context) {
    const { clients, signal } = context;
    // 100 is the most that this call takes.
    const pages = paginateDescribeManagedPrefixLists(
      { client: clients.ec2, pageSize: 100 },
      {},
      { abortSignal: signal },
    );
    const found = listing("ec2:DescribeManagedPrefixLists", pages, (page) => page.PrefixLists);
    return context.each(found, (list) => describePrefixList(context, list));
  },
};

async function describePrefixList(
  { account, region, clients, signal, read }: AwsContext,
  list: ManagedPrefixList,
): Promise<Resource<"aws.ec2.prefix-list">> {
  const prefixListId = required(list.PrefixListId, "PrefixListId");
  const uid = required(list.PrefixListArn, "PrefixListArn");
  const managedBy = required(list.OwnerId, "OwnerId") === "AWS" ? "aws" : "customer";
  const entries =
    managedBy === "aws"
      ? null
      : await read(
          uid,
          "ec2:GetManagedPrefixListEntries",
          async () => {
            const pages = paginateGetManagedPrefixListEntries(
              { client: clients.ec2, pageSize: 100 },
              { PrefixListId: prefixListId },
              { abortSignal: signal },
            );
            const cidrs: string[] = [];
            for await (const page of pages) {
              for (const entry of required(page.Entries, "Entries")) cidrs.push(required(entry.Cidr, "Cidr"));
            }
            return cidrs;
          },
          { gone: ["InvalidPrefixListID.NotFound", "InvalidPrefixListId.NotFound"] },
        );
  const facets = readAndUnread({ entries });
  return {
    uid,
    kind: "aws.ec2.prefix-list",
    account,
    region,
    name: cut(list.PrefixListName ?? prefixListId),
    tags: tagRecord((list.Tags ?? []).map((tag) => [tag.Key, tag.Value])),
    config: {
      prefixListId,
      managedBy,
      addressFamily: oneOf(list.AddressFamily, ["IPv4", "IPv6"], "AddressFamily"),
      ...facets.read,
    },
    unread: facets.unread,
  };
}
