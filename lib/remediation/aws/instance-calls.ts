import {
  DescribeInstancesCommand,
  ModifyInstanceAttributeCommand,
  StartInstancesCommand,
  StopInstancesCommand,
} from "@aws-sdk/client-ec2";
import { z } from "zod";
import type { AwsAccess } from "#lib/clouds/access.ts";
import { type CallContext, defineCall } from "../operation.ts";
import { awsCommand } from "./command.ts";
import { waitFor } from "./wait.ts";

const InstanceId = z.string().regex(/^i-[0-9a-z]+$/);
const One = z.strictObject({ InstanceIds: z.array(InstanceId).length(1) });

function waitForInstance(
  access: AwsAccess,
  id: string,
  wanted: "running" | "stopped",
  { region, signal }: CallContext,
): Promise<void> {
  return waitFor({
    ...{ what: `Instance ${id}`, wanted, signal },
    hopeless: ["shutting-down", "terminated"],
    async read() {
      const command = new DescribeInstancesCommand({ InstanceIds: [id] });
      const { Reservations = [] } = await access.clients(region).ec2.send(command, { abortSignal: signal });
      return Reservations[0]?.Instances?.[0]?.State?.Name;
    },
  });
}

export const instanceCalls = [
  defineCall({
    api: "aws.ec2.StopInstances",
    cloud: "aws",
    input: One,
    permissions: ["ec2:DescribeInstances", "ec2:StopInstances"],
    async send(access, input, context) {
      const { region, signal } = context;
      await access.clients(region).ec2.send(new StopInstancesCommand(input), { abortSignal: signal });
      for (const id of input.InstanceIds) await waitForInstance(access, id, "stopped", context);
      return null;
    },
    command: (input, where) => awsCommand("ec2 stop-instances", input, where),
  }),
  defineCall({
    api: "aws.ec2.StartInstances",
    cloud: "aws",
    input: One,
    permissions: ["ec2:DescribeInstances", "ec2:StartInstances"],
    async send(access, input, context) {
      const { region, signal } = context;
      await access.clients(region).ec2.send(new StartInstancesCommand(input), { abortSignal: signal });
      for (const id of input.InstanceIds) await waitForInstance(access, id, "running", context);
      return null;
    },
    command: (input, where) => awsCommand("ec2 start-instances", input, where),
  }),
  defineCall({
    api: "aws.ec2.ModifyInstanceAttribute",
    cloud: "aws",
    input: z.strictObject({
      InstanceId,
      BlockDeviceMappings: z.array(
        z.strictObject({
          DeviceName: z.string(),
          Ebs: z.strictObject({ DeleteOnTermination: z.boolean() }),
        }),
      ),
    }),
    permissions: ["ec2:ModifyInstanceAttribute"],
    async send(access, input, { region, signal }) {
      const command = new ModifyInstanceAttributeCommand(input);
      await access.clients(region).ec2.send(command, { abortSignal: signal });
      return null;
    },
    command: (input, where) => awsCommand("ec2 modify-instance-attribute", input, where),
  }),
];
