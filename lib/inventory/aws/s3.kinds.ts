/** The four switches of S3 Block Public Access. */
export type PublicAccessBlock = {
  blockPublicAcls: boolean;
  ignorePublicAcls: boolean;
  blockPublicPolicy: boolean;
  restrictPublicBuckets: boolean;
};

export interface S3Kinds {
  /** Uid: `arn:aws:s3:::<name>`. Region: the bucket's own. */
  "aws.s3.bucket": {
    createdAt: string | null;
    /** The bucket's own setting; `null` when it has none. */
    publicAccessBlock?: PublicAccessBlock | null;
    /** The bucket policy, parsed; `null` when there is none. */
    policy?: unknown;
    /** Amazon's own judgement of the policy, from GetBucketPolicyStatus; `null` without a policy. */
    policyIsPublic?: boolean | null;
    /** ACL grants to groups (by URI) or other accounts (by canonical id), the owner's left out. */
    grants?: { grantee: string; permission: string }[];
    versioning?: "enabled" | "suspended" | "off";
    /** Whether deleting a version asks for MFA; from the same call as `versioning`. */
    mfaDelete?: boolean;
  };
  /** What belongs to the account rather than to a bucket; region `global`. Uid: `accountSettingsUid`, service `s3`. */
  "aws.s3.account": { publicAccessBlock?: PublicAccessBlock | null };
}
