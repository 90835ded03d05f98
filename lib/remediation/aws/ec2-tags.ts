import { CreateTagsCommand, DeleteTagsCommand, type Tag } from "@aws-sdk/client-ec2";
import { z } from "zod";
import { defineCall } from "../operation.ts";
import { awsCommand } from "./command.ts";

/** Tags by which fixes find again what they made. */
export const ownTags = {
  /** On a copy and its snapshots: the volume whose place it takes. */
  replaces: "parapet:replaces",
  /** On a copy that a way back put aside: the volume whose place it had. */
  setAside: "parapet:set-aside",
  /** On a volume, as long as it is being encrypted. */
  underWay: "parapet:encrypting",
  /** The token of the call that made something. */
  token: "parapet:token",
} as const;

/** Tags that can be given to something else: none of AWS's own, and none of ours. */
export const plainTags = (tags: readonly Tag[] | undefined): { [key: string]: string } =>
  Object.fromEntries(
    (tags ?? []).flatMap(({ Key = "", Value = "" }) =>
      Key.startsWith("aws:") || Key.startsWith("parapet:") ? [] : [[Key, Value]],
    ),
  );

export const toTags = (tags: Readonly<Record<string, string>>): { Key: string; Value: string }[] =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

const Resources = z.array(z.string().regex(/^[a-z]+-[0-9a-z]+$/)).length(1);

export const tagCalls = [
  defineCall({
    api: "aws.ec2.CreateTags",
    cloud: "aws",
    input: z.strictObject({
      Resources,
      Tags: z.array(z.strictObject({ Key: z.string().startsWith("parapet:"), Value: z.string() })),
    }),
    permissions: ["ec2:CreateTags"],
    async send(access, input, { region, signal }) {
      await access.clients(region).ec2.send(new CreateTagsCommand(input), { abortSignal: signal });
      return null;
    },
    command: (input, where) => awsCommand("ec2 create-tags", input, where),
  }),
  defineCall({
    api: "aws.ec2.DeleteTags",
    cloud: "aws",
    input: z.strictObject({
      Resources,
      Tags: z.array(z.strictObject({ Key: z.string().startsWith("parapet:") })),
    }),
    permissions: ["ec2:DeleteTags"],
    async send(access, input, { region, signal }) {
      await access.clients(region).ec2.send(new DeleteTagsCommand(input), { abortSignal: signal });
      return null;
    },
    command: (input, where) => awsCommand("ec2 delete-tags", input, where),
  }),
];
