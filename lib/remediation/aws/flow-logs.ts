import { CreateFlowLogsCommand, DeleteFlowLogsCommand, paginateDescribeFlowLogs } from "@aws-sdk/client-ec2";
import { z } from "zod";
import { ActionRefused } from "../action-handler.ts";
import type { PlannedCall, Target } from "../model.ts";
import { defineCall, defineOperation } from "../operation.ts";
import { output } from "../references.ts";
import { awsCommand } from "./command.ts";

type FlowLog = {
  FlowLogId: string;
  TrafficType: string;
  LogDestinationType: string;
  LogDestination: string;
  /** Made by this operation; by it the way back knows it. */
  byParapet: boolean;
};
/** The VPC's own active flow logs, the oldest first. Whether they deliver changes by itself, and isn't part of it. */
type State = { flowLogs: FlowLog[] };

const Parameters = z.object({
  bucket: z.string().nullish(),
  trafficType: z.enum(["ALL", "REJECT"]).default("ALL"),
});

const ownTag = { Key: "parapet", Value: "flow-log" };

export const enableFlowLogs = defineOperation<"aws", State, z.output<typeof Parameters>>({
  id: "aws.ec2.enable-flow-logs",
  cloud: "aws",
  title: "Log the VPC's traffic",
  kinds: ["aws.ec2.vpc"],
  parameters: Parameters,
  reads: ["ec2:DescribeFlowLogs", "ec2:DescribeVpcs"],
  calls: ["aws.ec2.CreateFlowLogs", "aws.ec2.DeleteFlowLogs"],

  async read(access, { target, signal }) {
    const client = access.clients(target.region).ec2;
    const found: { at: number; log: FlowLog }[] = [];
    const Filter = [{ Name: "resource-id", Values: [vpcIdOf(target)] }];
    for await (const page of paginateDescribeFlowLogs({ client }, { Filter }, { abortSignal: signal })) {
      for (const log of page.FlowLogs ?? []) {
        if (log.FlowLogStatus?.toUpperCase() !== "ACTIVE") continue;
        const at = log.CreationTime?.getTime() ?? 0;
        found.push({
          at,
          log: {
            FlowLogId: log.FlowLogId ?? "",
            TrafficType: log.TrafficType ?? "",
            LogDestinationType: log.LogDestinationType ?? "cloud-watch-logs",
            LogDestination: log.LogDestination ?? log.LogGroupName ?? "",
            byParapet:
              log.Tags?.some(({ Key, Value }) => Key === ownTag.Key && Value === ownTag.Value) ?? false,
          },
        });
      }
    }
    found.sort((a, b) => a.at - b.at || (a.log.FlowLogId < b.log.FlowLogId ? -1 : 1));
    return { flowLogs: found.map(({ log }) => log) };
  },

  plan({ flowLogs }, { bucket, trafficType }, target) {
    const recording = flowLogs.find(({ TrafficType }) => TrafficType !== "ACCEPT");
    if (recording) {
      const reason = `${recording.FlowLogId} records refused traffic already. If it can't deliver, mend its destination: ${recording.LogDestination}.`;
      return { outcome: "nothing", reason };
    }
    if (!bucket) {
      const reason = "Name a bucket that the flow log may write to: its policy must let log delivery in.";
      return { outcome: "refused", reason };
    }
    const LogDestination = `arn:${target.uid.split(":")[1]}:s3:::${bucket}`;
    const create: PlannedCall = {
      id: "create",
      api: "aws.ec2.CreateFlowLogs",
      input: {
        ResourceType: "VPC",
        ResourceIds: [vpcIdOf(target)],
        TrafficType: trafficType,
        LogDestinationType: "s3",
        LogDestination,
      },
    };
    const made = {
      FlowLogId: output("create", "FlowLogId") as unknown as string,
      TrafficType: trafficType,
      LogDestinationType: "s3",
      LogDestination,
      byParapet: true,
    };
    return {
      outcome: "change",
      after: { flowLogs: [...flowLogs, made] },
      calls: [create],
      notes: ["What is logged is billed by volume, and stays in the bucket when the flow log is taken back."],
    };
  },

  wayBack(before, present) {
    const known = new Set(before.flowLogs.map(({ FlowLogId }) => FlowLogId));
    const made = present.flowLogs.filter(({ FlowLogId, byParapet }) => byParapet && !known.has(FlowLogId));
    return {
      calls: made.map(({ FlowLogId }, index) => ({
        id: `delete-${index + 1}`,
        api: "aws.ec2.DeleteFlowLogs",
        input: { FlowLogIds: [FlowLogId] },
      })),
    };
  },
});

const vpcIdOf = (target: Target): string => target.uid.slice(target.uid.lastIndexOf("/") + 1);

export const flowLogCalls = [
  defineCall({
    api: "aws.ec2.CreateFlowLogs",
    cloud: "aws",
    input: z.strictObject({
      ResourceType: z.literal("VPC"),
      ResourceIds: z.array(z.string().regex(/^vpc-[0-9a-z]+$/)).length(1),
      TrafficType: z.enum(["ALL", "REJECT"]),
      LogDestinationType: z.literal("s3"),
      LogDestination: z.string().regex(/^arn:aws[a-z-]*:s3:::/),
    }),
    permissions: ["ec2:CreateFlowLogs", "ec2:CreateTags", "logs:CreateLogDelivery"],
    // The same token answers with what an earlier attempt made.
    async send(access, input, { region, token, signal }) {
      const command = new CreateFlowLogsCommand({
        ...input,
        ClientToken: token,
        TagSpecifications: [{ ResourceType: "vpc-flow-log", Tags: [ownTag] }],
      });
      const { FlowLogIds = [], Unsuccessful } = await access
        .clients(region)
        .ec2.send(command, { abortSignal: signal });
      refuseUnsuccessful(Unsuccessful);
      const [FlowLogId] = FlowLogIds;
      if (FlowLogId === undefined) throw new ActionRefused("failed", "EC2 named no flow log that it made.");
      return { FlowLogId };
    },
    command: (input, where) => awsCommand("ec2 create-flow-logs", input, where),
  }),
  defineCall({
    api: "aws.ec2.DeleteFlowLogs",
    cloud: "aws",
    input: z.strictObject({ FlowLogIds: z.array(z.string().regex(/^fl-[0-9a-z]+$/)).min(1) }),
    permissions: ["ec2:DeleteFlowLogs", "logs:DeleteLogDelivery"],
    async send(access, input, { region, signal }) {
      const { Unsuccessful = [] } = await access
        .clients(region)
        .ec2.send(new DeleteFlowLogsCommand(input), { abortSignal: signal });
      // Gone already is as good.
      refuseUnsuccessful(
        Unsuccessful.filter(({ Error: error }) => error?.Code !== "InvalidFlowLogId.NotFound"),
      );
      return null;
    },
    command: (input, where) => awsCommand("ec2 delete-flow-logs", input, where),
  }),
];

/** These calls answer 200 also when nothing was done. */
function refuseUnsuccessful(refused: { Error?: { Code?: string; Message?: string } }[] | undefined): void {
  const [first] = refused ?? [];
  if (first) throw new ActionRefused("failed", `${first.Error?.Code}: ${first.Error?.Message}`);
}
