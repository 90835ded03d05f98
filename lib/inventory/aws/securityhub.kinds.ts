export interface SecurityHubKinds {
  /** Security Hub for the account in one region. Uid: `accountSettingsUid`, service `securityhub`. Name: the region. */
  "aws.securityhub.region": {
    /** `null` when the account is not subscribed to it. */
    hub?: {
      arn: string;
      subscribedAt: string | null;
      /** Whether new controls of standards in use are switched on by themselves. */
      autoEnableControls: boolean | null;
    } | null;
  };
}
