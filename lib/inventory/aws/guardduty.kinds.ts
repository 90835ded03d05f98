export interface GuardDutyKinds {
  /** GuardDuty for the account in one region. Uid: `accountSettingsUid`, service `guardduty`. Name: the region. */
  "aws.guardduty.region": {
    /** A region has one at most; `null` when it has none. */
    detector?: {
      id: string;
      enabled: boolean;
      /** Names of the features that are on, such as `S3_DATA_EVENTS`. */
      features: string[];
    } | null;
  };
}
