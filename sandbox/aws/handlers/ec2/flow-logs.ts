import type { FlowLog } from "@aws-sdk/client-ec2";
import { AwsError } from "../../model.ts";
import type { Operations } from "../operations.ts";
import { type Describing, describeItems } from "./describe.ts";
import { ec2, newId, tagsFor } from "./state.ts";

const flowLogs: Describing<FlowLog> = {
  id: (log) => log.FlowLogId,
  tags: (log) => log.Tags,
  notFound: ["InvalidFlowLogId.NotFound", "flow log ID"],
  filters: {
    "flow-log-id": (log) => log.FlowLogId,
    "resource-id": (log) => log.ResourceId,
    "traffic-type": (log) => log.TrafficType,
    "log-destination-type": (log) => log.LogDestinationType,
    "log-group-name": (log) => log.LogGroupName,
    "deliver-log-status": (log) => log.DeliverLogsStatus,
  },
};

const logFields =
  "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status";

export const defaultLogFormat = logFields
  .split(" ")
  .map((field) => `\${${field}}`)
  .join(" ");

/** What was made by which client token, so that the same request again makes nothing. */
const made = new WeakMap<object, Map<string, { asked: string; ids: string[] }>>();

function tokensOf(state: object): Map<string, { asked: string; ids: string[] }> {
  const tokens = made.get(state) ?? new Map<string, { asked: string; ids: string[] }>();
  made.set(state, tokens);
  return tokens;
}

export const flowLogHandlers = {
  DescribeFlowLogs: (input, call) => {
    const request = { ...input, Filters: input.Filter };
    const page = describeItems(ec2(call).flowLogs.values(), request, input.FlowLogIds, flowLogs);
    return { FlowLogs: page.items, NextToken: page.next };
  },

  CreateFlowLogs: (input, call) => {
    const state = ec2(call);
    const ids = input.ResourceIds ?? [];
    const targets = { VPC: state.vpcs, Subnet: state.subnets, NetworkInterface: state.interfaces };
    const known =
      input.ResourceType && input.ResourceType in targets
        ? targets[input.ResourceType as keyof typeof targets]
        : null;
    if (!known) throw new AwsError("InvalidParameter", `ResourceType ${input.ResourceType} is not supported`);
    const tokens = tokensOf(state);
    const { ClientToken } = input;
    const asked = JSON.stringify({ ...input, ClientToken: undefined });
    const earlier = ClientToken === undefined ? undefined : tokens.get(ClientToken);
    if (earlier && earlier.asked !== asked) {
      throw new AwsError(
        "IdempotentParameterMismatch",
        "The client token was used already, for a request with other parameters.",
      );
    }
    if (earlier) return { ClientToken, FlowLogIds: earlier.ids, Unsuccessful: [] };
    const FlowLogIds: string[] = [];
    const Unsuccessful = [];
    for (const ResourceId of ids) {
      if (!known.has(ResourceId)) {
        const unknown = {
          Code: "InvalidVpcId.NotFound",
          Message: `The resource '${ResourceId}' does not exist`,
        };
        Unsuccessful.push({ ResourceId, Error: unknown });
        continue;
      }
      const isSame = ({ TrafficType, LogDestination }: FlowLog) =>
        TrafficType === (input.TrafficType ?? "ALL") && LogDestination === input.LogDestination;
      if ([...state.flowLogs.values()].some((log) => log.ResourceId === ResourceId && isSame(log))) {
        const exists = {
          Code: "FlowLogAlreadyExists",
          Message: "There is an existing Flow Log with the same configuration and log destination.",
        };
        Unsuccessful.push({ ResourceId, Error: exists });
        continue;
      }
      const FlowLogId = newId("fl");
      const isLogGroup = (input.LogDestinationType ?? "cloud-watch-logs") === "cloud-watch-logs";
      state.flowLogs.set(FlowLogId, {
        FlowLogId,
        ResourceId,
        CreationTime: call.now,
        FlowLogStatus: "ACTIVE",
        DeliverLogsStatus: "SUCCESS",
        TrafficType: input.TrafficType ?? "ALL",
        LogDestinationType: input.LogDestinationType ?? "cloud-watch-logs",
        LogDestination: input.LogDestination,
        ...(isLogGroup ? { LogGroupName: input.LogGroupName } : {}),
        DeliverLogsPermissionArn: input.DeliverLogsPermissionArn,
        LogFormat: input.LogFormat ?? defaultLogFormat,
        MaxAggregationInterval: input.MaxAggregationInterval ?? 600,
        Tags: tagsFor(input.TagSpecifications, "vpc-flow-log"),
      });
      FlowLogIds.push(FlowLogId);
    }
    if (ClientToken !== undefined) tokens.set(ClientToken, { asked, ids: FlowLogIds });
    return { ClientToken, FlowLogIds, Unsuccessful };
  },

  DeleteFlowLogs: (input, call) => {
    const state = ec2(call);
    const Unsuccessful = (input.FlowLogIds ?? [])
      .filter((id) => !state.flowLogs.delete(id))
      .map((ResourceId) => ({
        ResourceId,
        Error: {
          Code: "InvalidFlowLogId.NotFound",
          Message: `These flow log ids in the input list are not found: [${ResourceId}]`,
        },
      }));
    return { Unsuccessful };
  },
} satisfies Operations<typeof import("@aws-sdk/client-ec2")>;
