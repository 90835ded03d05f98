export interface KmsKinds {
  /** Name: its first alias without `alias/`, or else the key id. */
  "aws.kms.key": {
    keyId: string;
    /** Without the prefix `alias/`; from ListAliases. */
    aliases?: string[];
    /** From DescribeKey, which a key's own policy may refuse. */
    details?: {
      managedBy: "customer" | "aws";
      /** `Enabled`, `Disabled`, `PendingDeletion`, `PendingImport`, `PendingReplicaDeletion`, `Unavailable`, `Creating`, `Updating`. */
      state: string;
      /** `SYMMETRIC_DEFAULT`, `RSA_2048`, `HMAC_256`… */
      spec: string;
      /** `ENCRYPT_DECRYPT`, `SIGN_VERIFY`, `GENERATE_VERIFY_MAC` or `KEY_AGREEMENT`; `null` when the answer doesn't say. */
      usage: string | null;
      /** `AWS_KMS`, `EXTERNAL` (imported), `AWS_CLOUDHSM` or `EXTERNAL_KEY_STORE`. */
      origin: string;
      multiRegion: "primary" | "replica" | null;
      createdAt: string | null;
      deletionAt: string | null;
      description: string | null;
    };
    /**
     * From GetKeyRotationStatus; `null` where rotation isn't for the asking: keys of AWS's, and keys that aren't
     * symmetric with material made by KMS.
     */
    rotation?: { enabled: boolean; periodDays: number | null } | null;
  };
}
