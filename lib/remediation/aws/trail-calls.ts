import {
  CreateTrailCommand,
  DeleteTrailCommand,
  DescribeTrailsCommand,
  ListTagsCommand,
  PutEventSelectorsCommand,
  StartLoggingCommand,
  StopLoggingCommand,
  UpdateTrailCommand,
} from "@aws-sdk/client-cloudtrail";
import { z } from "zod";
import { defineCall } from "../operation.ts";
import { awsCommand } from "./command.ts";
import { isNamed } from "./errors.ts";

const arn = z.string().regex(/^arn:aws[a-z-]*:cloudtrail:[a-z0-9-]+:\d{12}:trail\/[\w.-]+$/);
const trailName = z.string().regex(/^[\w.-]{3,128}$/);
const Named = z.strictObject({ Name: arn });
const texts = z.array(z.string());
const Selectors = z.strictObject({
  TrailName: arn,
  EventSelectors: z
    .array(
      z.strictObject({
        ReadWriteType: z.enum(["All", "ReadOnly", "WriteOnly"]),
        IncludeManagementEvents: z.boolean(),
        DataResources: z.array(z.strictObject({ Type: z.string(), Values: texts })),
        ExcludeManagementEventSources: texts,
      }),
    )
    .optional(),
  AdvancedEventSelectors: z
    .array(
      z.strictObject({
        Name: z.string().optional(),
        FieldSelectors: z.array(
          z.strictObject({
            Field: z.string(),
            Equals: texts.optional(),
            StartsWith: texts.optional(),
            EndsWith: texts.optional(),
            NotEquals: texts.optional(),
            NotStartsWith: texts.optional(),
            NotEndsWith: texts.optional(),
          }),
        ),
      }),
    )
    .optional(),
});

/** By it a trail that an attempt made is known again. */
const stepTag = "parapet:step";

export const trailCalls = [
  defineCall({
    api: "aws.cloudtrail.UpdateTrail",
    cloud: "aws",
    input: Named.extend({
      IsMultiRegionTrail: z.boolean().optional(),
      IncludeGlobalServiceEvents: z.boolean().optional(),
      EnableLogFileValidation: z.boolean().optional(),
      /** Empty to take the key away. */
      KmsKeyId: z.string().optional(),
    }),
    permissions: ["cloudtrail:UpdateTrail"],
    async send(access, input, { region, signal }) {
      await access.clients(region).cloudtrail.send(new UpdateTrailCommand(input), { abortSignal: signal });
      return null;
    },
    command: (input, where) => awsCommand("cloudtrail update-trail", input, where),
  }),
  defineCall({
    api: "aws.cloudtrail.CreateTrail",
    cloud: "aws",
    input: z.strictObject({
      Name: trailName,
      S3BucketName: z.string(),
      IsMultiRegionTrail: z.literal(true),
      IncludeGlobalServiceEvents: z.literal(true),
      EnableLogFileValidation: z.literal(true),
    }),
    permissions: [
      "cloudtrail:CreateTrail",
      "cloudtrail:AddTags",
      "cloudtrail:DescribeTrails",
      "cloudtrail:ListTags",
    ],
    async send(access, input, { region, token, signal }) {
      const command = new CreateTrailCommand({ ...input, TagsList: [{ Key: stepTag, Value: token }] });
      const { TrailARN } = await access.clients(region).cloudtrail.send(command, { abortSignal: signal });
      return { TrailARN: TrailARN ?? "" };
    },
    async find(access, { Name }, { region, token, signal }) {
      const client = access.clients(region).cloudtrail;
      const options = { abortSignal: signal };
      const { trailList = [] } = await client.send(
        new DescribeTrailsCommand({ trailNameList: [Name] }),
        options,
      );
      const TrailARN = trailList[0]?.TrailARN;
      if (TrailARN === undefined) return null;
      const { ResourceTagList = [] } = await client.send(
        new ListTagsCommand({ ResourceIdList: [TrailARN] }),
        options,
      );
      const tags = ResourceTagList.flatMap(({ TagsList = [] }) => TagsList);
      return tags.some(({ Key, Value }) => Key === stepTag && Value === token) ? { TrailARN } : null;
    },
    command: (input, where) => awsCommand("cloudtrail create-trail", input, where),
  }),
  defineCall({
    api: "aws.cloudtrail.DeleteTrail",
    cloud: "aws",
    input: z.strictObject({ Name: trailName }),
    permissions: ["cloudtrail:DeleteTrail"],
    async send(access, input, { region, signal }) {
      try {
        await access.clients(region).cloudtrail.send(new DeleteTrailCommand(input), { abortSignal: signal });
      } catch (error) {
        if (!isNamed(error, "TrailNotFoundException")) throw error;
      }
      return null;
    },
    command: (input, where) => awsCommand("cloudtrail delete-trail", input, where),
  }),
  defineCall({
    api: "aws.cloudtrail.StartLogging",
    cloud: "aws",
    input: Named,
    permissions: ["cloudtrail:StartLogging"],
    async send(access, input, { region, signal }) {
      await access.clients(region).cloudtrail.send(new StartLoggingCommand(input), { abortSignal: signal });
      return null;
    },
    command: (input, where) => awsCommand("cloudtrail start-logging", input, where),
  }),
  defineCall({
    api: "aws.cloudtrail.StopLogging",
    cloud: "aws",
    input: Named,
    permissions: ["cloudtrail:StopLogging"],
    async send(access, input, { region, signal }) {
      await access.clients(region).cloudtrail.send(new StopLoggingCommand(input), { abortSignal: signal });
      return null;
    },
    command: (input, where) => awsCommand("cloudtrail stop-logging", input, where),
  }),
  defineCall({
    api: "aws.cloudtrail.PutEventSelectors",
    cloud: "aws",
    input: Selectors,
    permissions: ["cloudtrail:PutEventSelectors"],
    async send(access, input, { region, signal }) {
      await access
        .clients(region)
        .cloudtrail.send(new PutEventSelectorsCommand(input), { abortSignal: signal });
      return null;
    },
    command: (input, where) => awsCommand("cloudtrail put-event-selectors", input, where),
  }),
];
