import type {
  ConfigurationRecorder,
  ConfigurationRecorderStatus,
  DeliveryChannel,
} from "@aws-sdk/client-config-service";
import { AwsError, type Call } from "../model.ts";
import type { Operations } from "./operations.ts";
import { s3State } from "./s3/state.ts";
import { findAccount, regionalState } from "./state.ts";

/** AWS Config in one region, which has one recorder and one channel of the account's own at most. */
export type ConfigState = {
  recorder: (ConfigurationRecorder & { name: string }) | null;
  status: ConfigurationRecorderStatus | null;
  channel: DeliveryChannel | null;
};

export const configState = regionalState<ConfigState>("config", () => ({
  recorder: null,
  status: null,
  channel: null,
}));

const config = (call: Call) => configState(findAccount(call), call.region);

export const configHandlers = {
  DescribeConfigurationRecorders: (input, call) => {
    const { recorder } = config(call);
    refuseUnknown(input.ConfigurationRecorderNames, recorder?.name);
    return { ConfigurationRecorders: recorder ? [recorder] : [] };
  },
  DescribeConfigurationRecorderStatus: (input, call) => {
    const { recorder, status } = config(call);
    refuseUnknown(input.ConfigurationRecorderNames, recorder?.name);
    return { ConfigurationRecordersStatus: status ? [status] : [] };
  },
  DescribeDeliveryChannels: (input, call) => {
    const { channel } = config(call);
    refuseUnknownChannel(input.DeliveryChannelNames, channel?.name);
    return { DeliveryChannels: channel ? [channel] : [] };
  },

  PutConfigurationRecorder: (input, call) => {
    const state = config(call);
    const { name = "default", ...given } = input.ConfigurationRecorder ?? {};
    if (state.recorder && state.recorder.name !== name) {
      throw new AwsError(
        "MaxNumberOfConfigurationRecordersExceededException",
        `Failed to put configuration recorder '${name}' because the maximum number of configuration recorders: 1 is reached.`,
      );
    }
    const { allSupported, resourceTypes = [] } = given.recordingGroup ?? {};
    if (allSupported && resourceTypes.length > 0) {
      throw new AwsError(
        "InvalidRecordingGroupException",
        "The recording group provided is not valid: all supported types and a list of types exclude each other.",
      );
    }
    if (!given.roleARN) throw new AwsError("InvalidRoleException", "The role ARN is missing.");
    state.recorder = {
      name,
      arn: `arn:aws:config:${call.region}:${call.account}:configuration-recorder/${name}`,
      recordingMode: { recordingFrequency: "CONTINUOUS" },
      recordingScope: "PAID",
      ...given,
      recordingGroup: given.recordingGroup ?? allTypes(false),
    };
    state.status ??= { name, recording: false };
    return {};
  },
  PutDeliveryChannel: (input, call) => {
    const state = config(call);
    if (!state.recorder) {
      throw new AwsError(
        "NoAvailableConfigurationRecorderException",
        "Configuration recorder is not available to put delivery channel.",
      );
    }
    const { name = "default", s3BucketName } = input.DeliveryChannel ?? {};
    if (state.channel && state.channel.name !== name) {
      throw new AwsError(
        "MaxNumberOfDeliveryChannelsExceededException",
        `Failed to put delivery channel '${name}' because the maximum number of delivery channels: 1 is reached.`,
      );
    }
    if (![...call.estate.accounts.values()].some((account) => s3State(account).has(s3BucketName ?? ""))) {
      throw new AwsError(
        "NoSuchBucketException",
        `Cannot find a S3 bucket with an empty bucket name or name '${s3BucketName}'.`,
      );
    }
    state.channel = { ...input.DeliveryChannel, name };
    return {};
  },
  DeleteConfigurationRecorder: (input, call) => {
    const state = config(call);
    refuseUnknown([input.ConfigurationRecorderName ?? ""], state.recorder?.name);
    Object.assign(state, { recorder: null, status: null });
    return {};
  },
  DeleteDeliveryChannel: (input, call) => {
    const state = config(call);
    refuseUnknownChannel([input.DeliveryChannelName ?? ""], state.channel?.name);
    if (state.status?.recording) {
      throw new AwsError(
        "LastDeliveryChannelDeleteFailedException",
        `Failed to delete last specified delivery channel with name '${input.DeliveryChannelName}', because there is a running configuration recorder.`,
      );
    }
    state.channel = null;
    return {};
  },
  StartConfigurationRecorder: (input, call) => {
    const state = config(call);
    refuseUnknown([input.ConfigurationRecorderName ?? ""], state.recorder?.name);
    if (!state.channel) {
      throw new AwsError(
        "NoAvailableDeliveryChannelException",
        "Delivery channel is not available to start configuration recorder.",
      );
    }
    state.status = { ...state.status, recording: true, lastStatus: "Pending", lastStartTime: call.now };
    return {};
  },
  StopConfigurationRecorder: (input, call) => {
    const state = config(call);
    refuseUnknown([input.ConfigurationRecorderName ?? ""], state.recorder?.name);
    state.status = { ...state.status, recording: false, lastStopTime: call.now };
    return {};
  },
} satisfies Operations<typeof import("@aws-sdk/client-config-service")>;

/** Records everything that AWS Config knows, with or without the global types. */
export function allTypes(includeGlobalResourceTypes: boolean): ConfigurationRecorder["recordingGroup"] {
  return {
    allSupported: true,
    includeGlobalResourceTypes,
    resourceTypes: [],
    exclusionByResourceTypes: { resourceTypes: [] },
    recordingStrategy: { useOnly: "ALL_SUPPORTED_RESOURCE_TYPES" },
  };
}

function refuseUnknownChannel(names: string[] | undefined, known: string | undefined): void {
  const missing = names?.find((name) => name !== known);
  if (missing === undefined) return;
  throw new AwsError(
    "NoSuchDeliveryChannelException",
    `Cannot find delivery channel with name '${missing}'.`,
  );
}

function refuseUnknown(names: string[] | undefined, known: string | undefined): void {
  const missing = names?.find((name) => name !== known);
  if (missing === undefined) return;
  throw new AwsError(
    "NoSuchConfigurationRecorderException",
    `Cannot find configuration recorder with the specified name '${missing}'.`,
  );
}
