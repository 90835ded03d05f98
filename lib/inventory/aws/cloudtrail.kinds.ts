export type BasicEventSelector = {
  readWriteType: "All" | "ReadOnly" | "WriteOnly";
  includeManagementEvents: boolean;
  /** Event sources left out of the management events, such as `kms.amazonaws.com`. */
  excludedManagementSources: string[];
  /** Such as `{ type: "AWS::S3::Object", values: ["arn:aws:s3"] }`. */
  dataResources: { type: string; values: string[] }[];
};

export type AdvancedFieldSelector = {
  /** Such as `eventCategory`, `readOnly`, `resources.type`, `resources.ARN`. */
  field: string;
  equals: string[];
  startsWith: string[];
  endsWith: string[];
  notEquals: string[];
  notStartsWith: string[];
  notEndsWith: string[];
};

export interface CloudTrailKinds {
  /**
   * A trail in its home region alone. Listed with shadow trails included and `HomeRegion` compared with the unit's
   * region: without shadow trails, a member account wouldn't see its organization's trail. That one's uid is an ARN of
   * the management account.
   */
  "aws.cloudtrail.trail": {
    homeRegion: string;
    isMultiRegion?: boolean;
    isOrganization: boolean;
    includesGlobalServiceEvents?: boolean;
    logFileValidation?: boolean;
    /** `null`: encrypted by S3 alone. */
    kmsKeyId?: string | null;
    bucketName: string | null;
    logGroupArn: string | null;
    snsTopicArn: string | null;
    /** From GetTrailStatus; without its dates, which change with every delivery. */
    status?: { isLogging: boolean; latestDeliveryError: string | null };
    /** From GetEventSelectors; a trail has one sort or the other, and the other list is empty. */
    eventSelectors?: {
      basic: BasicEventSelector[];
      advanced: { name: string | null; fields: AdvancedFieldSelector[] }[];
    };
  };
}
