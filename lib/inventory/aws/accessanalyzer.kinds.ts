export type AccessAnalyzer = {
  name: string;
  arn: string;
  /**
   * `ACCOUNT` or `ORGANIZATION` for access from outside; `…_UNUSED_ACCESS` and `…_INTERNAL_ACCESS` answer other
   * questions.
   */
  type: string;
  /** `ACTIVE`, `CREATING`, `DISABLED` or `FAILED`. */
  status: string;
  /** Why it is `DISABLED` or `FAILED`, such as `AWS_SERVICE_ACCESS_DISABLED`. */
  statusReason: string | null;
};

export interface AccessAnalyzerKinds {
  /**
   * IAM Access Analyzer for the account in one region. Uid: `accountSettingsUid`, service `access-analyzer`. Name: the
   * region.
   */
  "aws.accessanalyzer.region": {
    /** Of every type, by name. */
    analyzers?: AccessAnalyzer[];
  };
}
