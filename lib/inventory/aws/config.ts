import {
  type ConfigurationRecorder,
  DescribeConfigurationRecorderStatusCommand,
  DescribeConfigurationRecordersCommand,
  DescribeDeliveryChannelsCommand,
} from "@aws-sdk/client-config-service";
import { readAndUnread, required } from "../answers.ts";
import { accountSettingsUid } from "./account-settings.ts";
import type { AwsCollector } from "./collector.ts";
import type { ConfigRecorder } from "./config.kinds.ts";

/** Reads AWS Config's set-up in one region. */
export const configRegion: AwsCollector<"aws.config.region"> = {
  kind: "aws.config.region",
  cloud: "aws",
  service: "config",
  scope: "regional",
  permissions: [
    "config:DescribeConfigurationRecorders",
    "config:DescribeConfigurationRecorderStatus",
    "config:DescribeDeliveryChannels",
  ],
  async *collect({ account, partition, region, clients, signal, read }) {
    const client = clients.configService;
    const uid = accountSettingsUid(partition, "config", region, account);
    const options = { abortSignal: signal };
    const [recorders, recorderStatus, deliveryChannels] = await Promise.all([
      read(uid, "config:DescribeConfigurationRecorders", async () => {
        const answer = await client.send(new DescribeConfigurationRecordersCommand({}), options);
        return required(answer.ConfigurationRecorders, "ConfigurationRecorders")
          .filter(isOwn)
          .map(recorderOf);
      }),
      read(uid, "config:DescribeConfigurationRecorderStatus", async () => {
        const answer = await client.send(new DescribeConfigurationRecorderStatusCommand({}), options);
        return required(answer.ConfigurationRecordersStatus, "ConfigurationRecordersStatus")
          .filter(isOwn)
          .map((status) => ({
            name: required(status.name, "name"),
            isRecording: required(status.recording, "recording"),
            lastStatus: status.lastStatus ?? null,
          }));
      }),
      read(uid, "config:DescribeDeliveryChannels", async () => {
        const answer = await client.send(new DescribeDeliveryChannelsCommand({}), options);
        return required(answer.DeliveryChannels, "DeliveryChannels").map((channel) => ({
          name: required(channel.name, "name"),
          bucketName: channel.s3BucketName ?? null,
        }));
      }),
    ]);
    const facets = readAndUnread({
      recorders: recorders ?? undefined,
      recorderStatus: recorderStatus ?? undefined,
      deliveryChannels: deliveryChannels ?? undefined,
    });
    const where = { account, region, name: region };
    yield { uid, kind: "aws.config.region", ...where, tags: {}, config: facets.read, unread: facets.unread };
  },
};

/** Services such as Security Hub keep recorders that the account has no say in and that record for them alone. */
const isOwn = (recorder: { servicePrincipal?: string }): boolean => !recorder.servicePrincipal;

function recorderOf(recorder: ConfigurationRecorder): ConfigRecorder {
  const group = required(recorder.recordingGroup, "recordingGroup");
  const includedTypes = group.resourceTypes ?? [];
  const excludedTypes = group.exclusionByResourceTypes?.resourceTypes ?? [];
  // Recorders from before strategies existed say the same by their lists.
  const strategy =
    group.recordingStrategy?.useOnly ??
    (required(group.allSupported, "allSupported")
      ? "ALL_SUPPORTED_RESOURCE_TYPES"
      : excludedTypes.length > 0
        ? "EXCLUSION_BY_RESOURCE_TYPES"
        : "INCLUSION_BY_RESOURCE_TYPES");
  return {
    name: required(recorder.name, "name"),
    strategy,
    includesGlobalTypes: group.includeGlobalResourceTypes ?? false,
    includedTypes: [...includedTypes],
    excludedTypes: [...excludedTypes],
  };
}
