import {
  DeleteConfigurationRecorderCommand,
  DeleteDeliveryChannelCommand,
  PutConfigurationRecorderCommand,
  type PutConfigurationRecorderCommandInput,
  PutDeliveryChannelCommand,
  type PutDeliveryChannelCommandInput,
  StartConfigurationRecorderCommand,
  StopConfigurationRecorderCommand,
} from "@aws-sdk/client-config-service";
import { z } from "zod";
import { defineCall } from "../operation.ts";
import { awsCommand } from "./command.ts";
import { isNamed } from "./errors.ts";

const Named = z.strictObject({ ConfigurationRecorderName: z.string().min(1).max(256) });

export const configCalls = [
  defineCall({
    api: "aws.config.PutConfigurationRecorder",
    cloud: "aws",
    input: z.strictObject({
      ConfigurationRecorder: z.strictObject({
        name: z.string(),
        roleARN: z.string(),
        recordingGroup: z.record(z.string(), z.json()),
        recordingMode: z.record(z.string(), z.json()),
      }),
    }),
    permissions: ["config:PutConfigurationRecorder", "iam:PassRole"],
    async send(access, input, { region, signal }) {
      // What was read of a recorder is what one is made of; the SDK's narrower types come from the same words.
      const given = input as unknown as PutConfigurationRecorderCommandInput;
      const command = new PutConfigurationRecorderCommand(given);
      await access.clients(region).configService.send(command, { abortSignal: signal });
      return null;
    },
    command: (input, where) => awsCommand("configservice put-configuration-recorder", input, where),
  }),
  defineCall({
    api: "aws.config.DeleteConfigurationRecorder",
    cloud: "aws",
    input: Named,
    permissions: ["config:DeleteConfigurationRecorder"],
    async send(access, input, { region, signal }) {
      try {
        const command = new DeleteConfigurationRecorderCommand(input);
        await access.clients(region).configService.send(command, { abortSignal: signal });
      } catch (error) {
        if (!isNamed(error, "NoSuchConfigurationRecorderException")) throw error;
      }
      return null;
    },
    command: (input, where) => awsCommand("configservice delete-configuration-recorder", input, where),
  }),
  defineCall({
    api: "aws.config.PutDeliveryChannel",
    cloud: "aws",
    input: z.strictObject({ DeliveryChannel: z.looseObject({ name: z.string(), s3BucketName: z.string() }) }),
    permissions: ["config:PutDeliveryChannel"],
    async send(access, input, { region, signal }) {
      const command = new PutDeliveryChannelCommand(input as PutDeliveryChannelCommandInput);
      await access.clients(region).configService.send(command, { abortSignal: signal });
      return null;
    },
    command: (input, where) => awsCommand("configservice put-delivery-channel", input, where),
  }),
  defineCall({
    api: "aws.config.DeleteDeliveryChannel",
    cloud: "aws",
    input: z.strictObject({ DeliveryChannelName: z.string().min(1).max(256) }),
    permissions: ["config:DeleteDeliveryChannel"],
    async send(access, input, { region, signal }) {
      try {
        const command = new DeleteDeliveryChannelCommand(input);
        await access.clients(region).configService.send(command, { abortSignal: signal });
      } catch (error) {
        if (!isNamed(error, "NoSuchDeliveryChannelException")) throw error;
      }
      return null;
    },
    command: (input, where) => awsCommand("configservice delete-delivery-channel", input, where),
  }),
  defineCall({
    api: "aws.config.StartConfigurationRecorder",
    cloud: "aws",
    input: Named,
    permissions: ["config:StartConfigurationRecorder"],
    async send(access, input, { region, signal }) {
      const command = new StartConfigurationRecorderCommand(input);
      await access.clients(region).configService.send(command, { abortSignal: signal });
      return null;
    },
    command: (input, where) => awsCommand("configservice start-configuration-recorder", input, where),
  }),
  defineCall({
    api: "aws.config.StopConfigurationRecorder",
    cloud: "aws",
    input: Named,
    permissions: ["config:StopConfigurationRecorder"],
    async send(access, input, { region, signal }) {
      const command = new StopConfigurationRecorderCommand(input);
      await access.clients(region).configService.send(command, { abortSignal: signal });
      return null;
    },
    command: (input, where) => awsCommand("configservice stop-configuration-recorder", input, where),
  }),
];
