/** One access key. Times are whole seconds, as in the credential report. */
export type AccessKey = {
  /** Counted by age, from 1 for the oldest. */
  n: number;
  active: boolean;
  /** When the key was created: the report's `access_key_N_last_rotated`. */
  createdAt: string | null;
  /** `null`: never used. */
  lastUsedAt: string | null;
  lastUsedRegion: string | null;
  lastUsedService: string | null;
};

/** What a user signs in with: a row of the credential report, or the same read from IAM itself. */
export type Credentials = {
  /** False for "not_supported" and "N/A" too. */
  passwordEnabled: boolean;
  /** `null`: no password, or never used ("N/A", "no_information"). */
  passwordLastUsedAt: string | null;
  /** `null`: no password ("N/A", "not_supported"). */
  passwordChangedAt: string | null;
  mfaActive: boolean;
  accessKeys: AccessKey[];
};

export type PasswordPolicy = {
  minimumLength: number;
  /** How many earlier passwords can't be used again; `null` when reuse isn't prevented. */
  reusePrevention: number | null;
  maxAgeDays: number | null;
  requireUppercase: boolean;
  requireLowercase: boolean;
  requireNumbers: boolean;
  requireSymbols: boolean;
  allowUsersToChange: boolean;
  hardExpiry: boolean;
};

export type AttachedPolicy = { name: string; arn: string };

/** `document`: the policy, URL-decoded and parsed. */
export type InlinePolicy = { name: string; document: unknown };

export interface IamKinds {
  /** The account itself; region `global`. Uid: `arn:aws:iam::<account>:root`. Name: its alias, or else its id. */
  "aws.account": {
    /** `null`: no alias. */
    alias?: string | null;
    /** `null`: no policy of its own (NoSuchEntity), so that AWS's defaults hold. */
    passwordPolicy?: PasswordPolicy | null;
    /** From GetAccountSummary; only what is a fact about root, no counts, which change daily. */
    summary?: {
      rootMfaEnabled: boolean;
      rootAccessKeysPresent: boolean;
      rootSigningCertificatesPresent: boolean;
      /** `null`: the summary doesn't say (AccountPasswordPresent is missing). */
      rootPasswordPresent: boolean | null;
    };
    /** The row `<root_account>` of the credential report. There, "not_supported" as `passwordEnabled` reads as `true`. */
    rootCredentials?: Credentials;
  };
  /** Region `global`, like all of IAM. Policies and groups are from GetAccountAuthorizationDetails. */
  "aws.iam.user": {
    path: string;
    createdAt: string | null;
    credentials?: Credentials;
    attachedPolicies?: AttachedPolicy[];
    inlinePolicies?: InlinePolicy[];
    /** Group names. */
    groups?: string[];
    permissionsBoundaryArn?: string | null;
  };
  "aws.iam.role": {
    path: string;
    createdAt: string | null;
    /** Who may assume it, parsed. */
    trustPolicy?: unknown;
    attachedPolicies?: AttachedPolicy[];
    inlinePolicies?: InlinePolicy[];
    permissionsBoundaryArn?: string | null;
    /** Profiles that hand the role to EC2 instances. */
    instanceProfileArns?: string[];
  };
  "aws.iam.group": {
    path: string;
    createdAt: string | null;
    attachedPolicies?: AttachedPolicy[];
    inlinePolicies?: InlinePolicy[];
  };
  /** Every customer-managed policy, and those AWS-managed ones that are attached to something. */
  "aws.iam.policy": {
    managedBy: "customer" | "aws";
    path: string;
    createdAt: string | null;
    updatedAt: string | null;
    /** Users, groups and roles it is attached to; uses as a permissions boundary aren't counted. */
    attachmentCount: number;
    defaultVersionId: string | null;
    /** The default version's document, URL-decoded and parsed. */
    document?: unknown;
  };
  "aws.iam.server-certificate": {
    path: string;
    uploadedAt: string | null;
    expiresAt?: string;
  };
}
