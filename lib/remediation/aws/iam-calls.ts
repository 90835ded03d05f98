import { setTimeout as sleep } from "node:timers/promises";
import {
  AddUserToGroupCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  DeleteAccessKeyCommand,
  GetAccessKeyLastUsedCommand,
  type IAMClient,
  PutGroupPolicyCommand,
  RemoveUserFromGroupCommand,
  UpdateAccessKeyCommand,
} from "@aws-sdk/client-iam";
import { z } from "zod";
import { ActionRefused } from "../action-handler.ts";
import { defineCall } from "../operation.ts";
import { listKeys, secondOf } from "./access-keys.ts";
import { awsCommand } from "./command.ts";
import { isNamed } from "./errors.ts";

const UserName = z.string().min(1).max(64);
const GroupName = z.string().min(1).max(128);
const AccessKeyId = z.string().regex(/^\w{16,128}$/);
const gone = ["NoSuchEntityException", "NoSuchEntity"];

/** IAM's reads lag behind its writes: waits a little until a read shows what was written. */
async function untilSeen(isSeen: () => Promise<boolean>, signal: AbortSignal): Promise<void> {
  for (const waitMs of [0, 250, 500, 1_000, 2_000, 4_000]) {
    await sleep(waitMs, undefined, { signal });
    if (await isSeen()) return;
  }
}

async function hasStatus(
  client: IAMClient,
  user: string,
  id: string,
  status: string | null,
  signal: AbortSignal,
) {
  const keys = await listKeys(client, user, signal);
  return (keys?.find((key) => key.AccessKeyId === id)?.Status ?? null) === status;
}

/** Throws for a key that has been used: somebody counts on it. */
async function refuseUsed(client: IAMClient, id: string, signal: AbortSignal): Promise<void> {
  const command = new GetAccessKeyLastUsedCommand({ AccessKeyId: id });
  const { AccessKeyLastUsed } = await client.send(command, { abortSignal: signal });
  if (AccessKeyLastUsed?.LastUsedDate === undefined) return;
  throw new ActionRefused(
    "drift",
    `Access key ${id} was made meanwhile and is in use, so it is somebody's: nothing was done to it.`,
  );
}

export const iamCalls = [
  defineCall({
    api: "aws.iam.CreateAccessKey",
    keepsSecret: true,
    cloud: "aws",
    // `Existing`: the user's keys before, by which one that an attempt left behind is told from them.
    input: z.strictObject({ UserName, Existing: z.array(AccessKeyId).max(1) }),
    permissions: [
      "iam:CreateAccessKey",
      "iam:DeleteAccessKey",
      "iam:GetAccessKeyLastUsed",
      "iam:ListAccessKeys",
    ],
    async send(access, input, { keepSecret, signal }) {
      const client = access.clients("global").iam;
      const command = new CreateAccessKeyCommand({ UserName: input.UserName });
      const { AccessKey } = await client.send(command, { abortSignal: signal });
      const { AccessKeyId: id = "", SecretAccessKey = "", CreateDate } = AccessKey ?? {};
      const secret = `aws_access_key_id = ${id}\naws_secret_access_key = ${SecretAccessKey}`;
      await keepSecret(`Access key of ${input.UserName}`, secret).catch(async (error: unknown) => {
        // Nobody will ever know its secret: as a leftover it would only take up one of the user's two places.
        await client.send(new DeleteAccessKeyCommand({ UserName: input.UserName, AccessKeyId: id }));
        throw error;
      });
      await untilSeen(() => hasStatus(client, input.UserName, id, "Active", signal), signal);
      return { AccessKeyId: id, CreateDate: secondOf(CreateDate) };
    },
    /** The secret of a key that an attempt left behind may be lost: it goes, unused as it is, and another is made. */
    async find(access, input, { signal }) {
      const client = access.clients("global").iam;
      const keys = (await listKeys(client, input.UserName, signal)) ?? [];
      for (const { AccessKeyId: id } of keys.filter((key) => !input.Existing.includes(key.AccessKeyId))) {
        await refuseUsed(client, id, signal);
        const command = new DeleteAccessKeyCommand({ UserName: input.UserName, AccessKeyId: id });
        await client.send(command, { abortSignal: signal });
        await untilSeen(() => hasStatus(client, input.UserName, id, null, signal), signal);
      }
      return null;
    },
    command: ({ UserName: user }, where) => awsCommand("iam create-access-key", { UserName: user }, where),
  }),
  defineCall({
    api: "aws.iam.UpdateAccessKey",
    cloud: "aws",
    input: z.strictObject({ UserName, AccessKeyId, Status: z.enum(["Active", "Inactive"]) }),
    permissions: ["iam:UpdateAccessKey", "iam:ListAccessKeys"],
    async send(access, input, { signal }) {
      const client = access.clients("global").iam;
      await client.send(new UpdateAccessKeyCommand(input), { abortSignal: signal });
      await untilSeen(
        () => hasStatus(client, input.UserName, input.AccessKeyId, input.Status, signal),
        signal,
      );
      return null;
    },
    command: (input, where) => awsCommand("iam update-access-key", input, where),
  }),
  defineCall({
    api: "aws.iam.DeleteAccessKey",
    cloud: "aws",
    input: z.strictObject({ UserName, AccessKeyId, OnlyUnused: z.boolean() }),
    permissions: ["iam:DeleteAccessKey", "iam:GetAccessKeyLastUsed", "iam:ListAccessKeys"],
    async send(access, { OnlyUnused, ...input }, { signal }) {
      const client = access.clients("global").iam;
      try {
        if (OnlyUnused) await refuseUsed(client, input.AccessKeyId, signal);
        await client.send(new DeleteAccessKeyCommand(input), { abortSignal: signal });
      } catch (error) {
        if (!isNamed(error, ...gone)) throw error;
      }
      await untilSeen(() => hasStatus(client, input.UserName, input.AccessKeyId, null, signal), signal);
      return null;
    },
    command: ({ OnlyUnused: _, ...input }, where) => awsCommand("iam delete-access-key", input, where),
  }),
  defineCall({
    api: "aws.iam.CreateGroup",
    cloud: "aws",
    input: z.strictObject({ GroupName, Path: z.string() }),
    permissions: ["iam:CreateGroup"],
    async send(access, input, { signal }) {
      try {
        await access.clients("global").iam.send(new CreateGroupCommand(input), { abortSignal: signal });
      } catch (error) {
        // Another user's step may have made it; that it isn't somebody else's was seen when it was planned.
        if (!isNamed(error, "EntityAlreadyExistsException", "EntityAlreadyExists")) throw error;
      }
      return null;
    },
    command: (input, where) => awsCommand("iam create-group", input, where),
  }),
  defineCall({
    api: "aws.iam.PutGroupPolicy",
    cloud: "aws",
    input: z.strictObject({ GroupName, PolicyName: z.string(), PolicyDocument: z.string() }),
    permissions: ["iam:PutGroupPolicy"],
    async send(access, input, { signal }) {
      await access.clients("global").iam.send(new PutGroupPolicyCommand(input), { abortSignal: signal });
      return null;
    },
    command: (input, where) => awsCommand("iam put-group-policy", input, where),
  }),
  defineCall({
    api: "aws.iam.AddUserToGroup",
    cloud: "aws",
    input: z.strictObject({ GroupName, UserName }),
    permissions: ["iam:AddUserToGroup"],
    async send(access, input, { signal }) {
      await access.clients("global").iam.send(new AddUserToGroupCommand(input), { abortSignal: signal });
      return null;
    },
    command: (input, where) => awsCommand("iam add-user-to-group", input, where),
  }),
  defineCall({
    api: "aws.iam.RemoveUserFromGroup",
    cloud: "aws",
    input: z.strictObject({ GroupName, UserName }),
    permissions: ["iam:RemoveUserFromGroup"],
    async send(access, input, { signal }) {
      try {
        await access
          .clients("global")
          .iam.send(new RemoveUserFromGroupCommand(input), { abortSignal: signal });
      } catch (error) {
        if (!isNamed(error, ...gone)) throw error;
      }
      return null;
    },
    command: (input, where) => awsCommand("iam remove-user-from-group", input, where),
  }),
];
