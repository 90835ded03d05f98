import {
  DisableEbsEncryptionByDefaultCommand,
  EnableEbsEncryptionByDefaultCommand,
  GetEbsEncryptionByDefaultCommand,
} from "@aws-sdk/client-ec2";
import { z } from "zod";
import { defineCall, defineOperation } from "../operation.ts";
import { awsCommand } from "./command.ts";

type State = { EbsEncryptionByDefault: boolean };

export const encryptByDefault = defineOperation<"aws", State, Record<string, never>>({
  id: "aws.ec2.encrypt-by-default",
  cloud: "aws",
  title: "Encrypt new volumes of the region by default",
  kinds: ["aws.ec2.region"],
  parameters: z.object({}),
  reads: ["ec2:GetEbsEncryptionByDefault"],
  calls: ["aws.ec2.DisableEbsEncryptionByDefault", "aws.ec2.EnableEbsEncryptionByDefault"],

  async read(access, { target, signal }) {
    const { EbsEncryptionByDefault = false } = await access
      .clients(target.region)
      .ec2.send(new GetEbsEncryptionByDefaultCommand({}), { abortSignal: signal });
    return { EbsEncryptionByDefault };
  },

  plan({ EbsEncryptionByDefault }) {
    if (EbsEncryptionByDefault) {
      return { outcome: "nothing", reason: "New volumes of the region are encrypted by default already." };
    }
    return {
      outcome: "change",
      after: { EbsEncryptionByDefault: true },
      calls: [{ id: "enable", api: "aws.ec2.EnableEbsEncryptionByDefault", input: {} }],
      notes: [
        "Volumes and snapshots that are there already stay as they are.",
        "Volumes made meanwhile stay encrypted when this is undone.",
      ],
    };
  },

  wayBack: (before, present) => ({
    calls:
      before.EbsEncryptionByDefault === present.EbsEncryptionByDefault
        ? []
        : [{ id: "disable", api: "aws.ec2.DisableEbsEncryptionByDefault", input: {} }],
  }),
});

const Nothing = z.strictObject({});

export const encryptByDefaultCalls = [
  defineCall({
    api: "aws.ec2.EnableEbsEncryptionByDefault",
    cloud: "aws",
    input: Nothing,
    permissions: ["ec2:EnableEbsEncryptionByDefault"],
    async send(access, _input, { region, signal }) {
      await access
        .clients(region)
        .ec2.send(new EnableEbsEncryptionByDefaultCommand({}), { abortSignal: signal });
      return null;
    },
    command: (input, where) => awsCommand("ec2 enable-ebs-encryption-by-default", input, where),
  }),
  defineCall({
    api: "aws.ec2.DisableEbsEncryptionByDefault",
    cloud: "aws",
    input: Nothing,
    permissions: ["ec2:DisableEbsEncryptionByDefault"],
    async send(access, _input, { region, signal }) {
      await access
        .clients(region)
        .ec2.send(new DisableEbsEncryptionByDefaultCommand({}), { abortSignal: signal });
      return null;
    },
    command: (input, where) => awsCommand("ec2 disable-ebs-encryption-by-default", input, where),
  }),
];
