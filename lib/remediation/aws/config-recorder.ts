import {
  type ConfigurationRecorder,
  DescribeConfigurationRecorderStatusCommand,
  DescribeConfigurationRecordersCommand,
  DescribeDeliveryChannelsCommand,
} from "@aws-sdk/client-config-service";
import { z } from "zod";
import type { Json, PlannedCall, Target } from "../model.ts";
import { defineOperation } from "../operation.ts";

type Group = {
  allSupported: boolean;
  includeGlobalResourceTypes: boolean;
  resourceTypes: string[];
  exclusionByResourceTypes: { resourceTypes: string[] };
  recordingStrategy: { useOnly: string };
};
type Recorder = {
  name: string;
  roleARN: string;
  recordingGroup: Group;
  recordingMode: { [key: string]: Json };
};
/** The account's own recorder and channel in the region, of which there is one each at most. */
type State = { recorder: Recorder | null; channel: { [key: string]: Json } | null; isRecording: boolean };

const Parameters = z.object({ bucket: z.string().nullish() });

const everything = "ALL_SUPPORTED_RESOURCE_TYPES";

export const recordEverything = defineOperation<"aws", State, z.output<typeof Parameters>>({
  id: "aws.config.record-everything",
  cloud: "aws",
  title: "Record every resource type with AWS Config",
  kinds: ["aws.config.region"],
  parameters: Parameters,
  reads: [
    "config:DescribeConfigurationRecorders",
    "config:DescribeConfigurationRecorderStatus",
    "config:DescribeDeliveryChannels",
  ],
  calls: [
    "aws.config.DeleteConfigurationRecorder",
    "aws.config.DeleteDeliveryChannel",
    "aws.config.PutConfigurationRecorder",
    "aws.config.PutDeliveryChannel",
    "aws.config.StartConfigurationRecorder",
    "aws.config.StopConfigurationRecorder",
  ],

  async read(access, { target, signal }) {
    const client = access.clients(target.region).configService;
    const options = { abortSignal: signal };
    const [recorders, statuses, channels] = await Promise.all([
      client.send(new DescribeConfigurationRecordersCommand({}), options),
      client.send(new DescribeConfigurationRecorderStatusCommand({}), options),
      client.send(new DescribeDeliveryChannelsCommand({}), options),
    ]);
    // Services such as Security Hub keep recorders of their own.
    const recorder = recorders.ConfigurationRecorders?.find(({ servicePrincipal }) => !servicePrincipal);
    const status = statuses.ConfigurationRecordersStatus?.find(({ servicePrincipal }) => !servicePrincipal);
    const channel = channels.DeliveryChannels?.[0];
    return {
      recorder: recorder ? recorderOf(recorder) : null,
      channel: channel ? JSON.parse(JSON.stringify(channel)) : null,
      isRecording: status?.recording ?? false,
    };
  },

  plan(state, { bucket }, target) {
    const { recorder, channel } = state;
    if (recorder?.recordingGroup.recordingStrategy.useOnly === everything && channel && state.isRecording) {
      const reason = "AWS Config records every type already. If it can't deliver, mend its bucket's policy.";
      return { outcome: "nothing", reason };
    }
    if (!channel && !bucket) {
      const reason = "Name a bucket for AWS Config to write to: its policy must let AWS Config in.";
      return { outcome: "refused", reason };
    }
    const after: State = {
      recorder: recorder ? { ...recorder, recordingGroup: everythingOf(recorder) } : newRecorder(target),
      channel: channel ?? { name: "default", s3BucketName: bucket ?? "" },
      isRecording: true,
    };
    const notes = ["Each recorded change is billed."];
    if (!recorder) {
      notes.push(
        "The recorder goes by AWS Config's service-linked role, which the account must have: aws iam create-service-linked-role --aws-service-name config.amazonaws.com makes it.",
      );
    }
    return { outcome: "change", after, calls: callsBetween(state, after), notes };
  },

  wayBack: (before, present) => ({ calls: callsBetween(present, before) }),
});

/** What leads from one state to another. A channel can be deleted only while nothing records, and a recorder starts last. */
function callsBetween(from: State, to: State): PlannedCall[] {
  const calls: PlannedCall[] = [];
  const same = (a: Json, b: Json) => JSON.stringify(a) === JSON.stringify(b);
  const call = (verb: string, input: PlannedCall["input"]) =>
    calls.push({ id: verb, api: `aws.config.${verb}`, input });
  const isNamed = { ConfigurationRecorderName: (to.recorder ?? from.recorder)?.name ?? "default" };
  if (from.isRecording && !to.isRecording) call("StopConfigurationRecorder", isNamed);
  if (to.recorder && !same(from.recorder, to.recorder)) {
    call("PutConfigurationRecorder", { ConfigurationRecorder: inputOf(to.recorder) });
  }
  if (to.channel && !same(from.channel, to.channel)) {
    call("PutDeliveryChannel", { DeliveryChannel: to.channel });
  }
  if (from.channel && !to.channel) {
    call("DeleteDeliveryChannel", { DeliveryChannelName: from.channel.name ?? "default" });
  }
  if (from.recorder && !to.recorder) call("DeleteConfigurationRecorder", isNamed);
  if (to.isRecording && !from.isRecording) call("StartConfigurationRecorder", isNamed);
  return calls;
}

const newRecorder = (target: Target): Recorder => ({
  name: "default",
  roleARN: `arn:${target.uid.split(":")[1]}:iam::${target.account}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`,
  recordingGroup: everythingOf(null),
  recordingMode: { recordingFrequency: "CONTINUOUS" },
});

const everythingOf = (recorder: Recorder | null): Group => ({
  allSupported: true,
  includeGlobalResourceTypes: recorder?.recordingGroup.includeGlobalResourceTypes ?? false,
  resourceTypes: [],
  exclusionByResourceTypes: { resourceTypes: [] },
  recordingStrategy: { useOnly: everything },
});

/** With all that recorders of different ages leave out. */
function recorderOf({ name, roleARN, recordingGroup, recordingMode }: ConfigurationRecorder): Recorder {
  const resourceTypes: string[] = [...(recordingGroup?.resourceTypes ?? [])].sort();
  const excluded: string[] = [...(recordingGroup?.exclusionByResourceTypes?.resourceTypes ?? [])].sort();
  const allSupported = recordingGroup?.allSupported ?? false;
  const useOnly =
    recordingGroup?.recordingStrategy?.useOnly ??
    (allSupported
      ? everything
      : excluded.length > 0
        ? "EXCLUSION_BY_RESOURCE_TYPES"
        : "INCLUSION_BY_RESOURCE_TYPES");
  return {
    name: name ?? "default",
    roleARN: roleARN ?? "",
    recordingGroup: {
      allSupported,
      includeGlobalResourceTypes: recordingGroup?.includeGlobalResourceTypes ?? false,
      resourceTypes,
      exclusionByResourceTypes: { resourceTypes: excluded },
      recordingStrategy: { useOnly },
    },
    recordingMode: JSON.parse(JSON.stringify(recordingMode ?? { recordingFrequency: "CONTINUOUS" })),
  };
}

/** AWS Config takes the lists that its strategy is about, and none of the others. */
function inputOf({ recordingGroup: group, ...rest }: Recorder): { [key: string]: Json } {
  const { resourceTypes, exclusionByResourceTypes, ...common } = group;
  return {
    ...rest,
    recordingGroup: {
      ...common,
      ...(resourceTypes.length > 0 ? { resourceTypes } : {}),
      ...(exclusionByResourceTypes.resourceTypes.length > 0 ? { exclusionByResourceTypes } : {}),
    },
  };
}
