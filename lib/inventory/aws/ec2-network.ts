import {
  type FlowLog as AwsFlowLog,
  type NetworkAclEntry as AwsNetworkAclEntry,
  type NetworkAcl,
  paginateDescribeFlowLogs,
  paginateDescribeNetworkAcls,
  paginateDescribeVpcs,
  type Vpc,
} from "@aws-sdk/client-ec2";
import { listing, oneOf, readAndUnread, readPromised, required } from "../answers.ts";
import type { Resource } from "../model.ts";
import { accountSettingsUid } from "./account-settings.ts";
import type { AwsCollector, AwsContext } from "./collector.ts";
import type { FlowLog, NetworkAclEntry } from "./ec2.kinds.ts";
import { distinct, ec2Resource, pageSize } from "./ec2-common.ts";

export const vpcs: AwsCollector<"aws.ec2.vpc"> = {
  kind: "aws.ec2.vpc",
  cloud: "aws",
  service: "ec2",
  scope: "regional",
  permissions: ["ec2:DescribeVpcs", "ec2:DescribeFlowLogs"],
  async *collect(context) {
    const { clients, signal } = context;
    const flowLogs = await readFlowLogs(context);
    const pages = paginateDescribeVpcs({ client: clients.ec2, pageSize }, {}, { abortSignal: signal });
    const found = listing("ec2:DescribeVpcs", pages, (page) => page.Vpcs);
    yield* context.each(found, async (vpc) => describeVpc(context, vpc, flowLogs));
  },
};

/** The region's flow logs by what they watch; a VPC's own are found under its id. */
async function readFlowLogs(context: AwsContext): Promise<Map<string, FlowLog[]> | null | undefined> {
  const { account, partition, region, clients, signal } = context;
  const uid = accountSettingsUid(partition, "ec2", region, account);
  return context.read(uid, "ec2:DescribeFlowLogs", async () => {
    const byResource = new Map<string, FlowLog[]>();
    const pages = paginateDescribeFlowLogs({ client: clients.ec2, pageSize }, {}, { abortSignal: signal });
    for await (const page of pages) {
      for (const flowLog of required(page.FlowLogs, "FlowLogs")) {
        const watched = required(flowLog.ResourceId, "ResourceId");
        byResource.set(watched, [...(byResource.get(watched) ?? []), flowLogOf(flowLog)]);
      }
    }
    return byResource;
  });
}

const flowLogOf = (flowLog: AwsFlowLog): FlowLog => ({
  id: required(flowLog.FlowLogId, "FlowLogId"),
  status: required(flowLog.FlowLogStatus, "FlowLogStatus"),
  trafficType: oneOf(flowLog.TrafficType, ["ACCEPT", "REJECT", "ALL"], "TrafficType"),
  destinationType: flowLog.LogDestinationType ?? null,
  destination: flowLog.LogDestination ?? flowLog.LogGroupName ?? null,
  deliveryStatus: flowLog.DeliverLogsStatus ?? null,
});

function describeVpc(
  context: AwsContext,
  vpc: Vpc,
  flowLogs: Map<string, FlowLog[]> | null | undefined,
): Resource<"aws.ec2.vpc"> {
  const vpcId = required(vpc.VpcId, "VpcId");
  const { read, unread } = readAndUnread({ flowLogs: flowLogs ? (flowLogs.get(vpcId) ?? []) : undefined });
  return {
    ...ec2Resource(context, "vpc", vpcId, vpc.Tags),
    kind: "aws.ec2.vpc",
    config: {
      isDefault: required(vpc.IsDefault, "IsDefault"),
      state: required(vpc.State, "State"),
      cidr: vpc.CidrBlock ?? null,
      cidrs: distinct([
        vpc.CidrBlock,
        ...(vpc.CidrBlockAssociationSet ?? [])
          .filter((block) => isAssociated(block.CidrBlockState?.State))
          .map((block) => block.CidrBlock),
      ]),
      ipv6Cidrs: distinct(
        (vpc.Ipv6CidrBlockAssociationSet ?? [])
          .filter((block) => isAssociated(block.Ipv6CidrBlockState?.State))
          .map((block) => block.Ipv6CidrBlock),
      ),
      ...read,
    },
    unread,
  };
}

/** Ranges that were taken off a VPC stay listed for a while. */
const isAssociated = (state: string | undefined): boolean =>
  state === undefined || state.startsWith("associat");

export const networkAcls: AwsCollector<"aws.ec2.network-acl"> = {
  kind: "aws.ec2.network-acl",
  cloud: "aws",
  service: "ec2",
  scope: "regional",
  permissions: ["ec2:DescribeNetworkAcls"],
  collect(context) {
    const { clients, signal } = context;
    const pages = paginateDescribeNetworkAcls({ client: clients.ec2, pageSize }, {}, { abortSignal: signal });
    const found = listing("ec2:DescribeNetworkAcls", pages, (page) => page.NetworkAcls);
    return context.each(found, (acl) => describeAcl(context, acl));
  },
};

async function describeAcl(context: AwsContext, acl: NetworkAcl): Promise<Resource<"aws.ec2.network-acl">> {
  const common = ec2Resource(context, "network-acl", acl.NetworkAclId, acl.Tags);
  const { read, unread } = await readPromised(context, common.uid, "ec2:DescribeNetworkAcls", {
    entries: acl.Entries?.map(entryOf),
  });
  return {
    ...common,
    kind: "aws.ec2.network-acl",
    config: {
      vpcId: acl.VpcId ?? null,
      isDefault: required(acl.IsDefault, "IsDefault"),
      subnetIds: distinct((acl.Associations ?? []).map((association) => association.SubnetId)),
      ...read,
    },
    unread,
  };
}

const entryOf = (entry: AwsNetworkAclEntry): NetworkAclEntry => ({
  ruleNumber: required(entry.RuleNumber, "RuleNumber"),
  egress: required(entry.Egress, "Egress"),
  action: oneOf(entry.RuleAction, ["allow", "deny"], "RuleAction"),
  protocol: required(entry.Protocol, "Protocol"),
  cidr: required(entry.CidrBlock ?? entry.Ipv6CidrBlock, "CidrBlock"),
  fromPort: entry.PortRange?.From ?? null,
  toPort: entry.PortRange?.To ?? null,
});
