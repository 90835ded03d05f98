export type ConfigRecorder = {
  name: string;
  /** `ALL_SUPPORTED_RESOURCE_TYPES`, `INCLUSION_BY_RESOURCE_TYPES` or `EXCLUSION_BY_RESOURCE_TYPES`. */
  strategy: string;
  /** Global types (IAM users, groups, roles and policies) as well. */
  includesGlobalTypes: boolean;
  /** Types named by an inclusion. */
  includedTypes: string[];
  excludedTypes: string[];
};

export interface ConfigKinds {
  /** AWS Config for the account in one region. Uid: `accountSettingsUid`, service `config`. Name: the region. */
  "aws.config.region": {
    /** The account's own recorder, not those a service manages; empty when there is none. */
    recorders?: ConfigRecorder[];
    /** `lastStatus`: `Pending`, `Success`, `Failure`, `NotApplicable`, or `null` before the first. */
    recorderStatus?: { name: string; isRecording: boolean; lastStatus: string | null }[];
    deliveryChannels?: { name: string; bucketName: string | null }[];
  };
}
