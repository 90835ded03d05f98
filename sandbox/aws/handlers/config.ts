import type {
  ConfigurationRecorder,
  ConfigurationRecorderStatus,
  DeliveryChannel,
} from "@aws-sdk/client-config-service";
import { AwsError, type Call } from "../model.ts";
import type { Operations } from "./operations.ts";
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
    const missing = input.DeliveryChannelNames?.find((name) => name !== channel?.name);
    if (missing) {
      throw new AwsError(
        "NoSuchDeliveryChannelException",
        `Cannot find delivery channel with name '${missing}'.`,
      );
    }
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
    state.channel = { name: "default", ...input.DeliveryChannel };
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

function refuseUnknown(names: string[] | undefined, known: string | undefined): void {
  const missing = names?.find((name) => name !== known);
  if (missing === undefined) return;
  throw new AwsError(
    "NoSuchConfigurationRecorderException",
    `Cannot find configuration recorder with the specified name '${missing}'.`,
  );
}
