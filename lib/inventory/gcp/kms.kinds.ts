import type { IamBinding } from "./iam-bindings.ts";

export interface KmsKinds {
  "gcp.kms.key": {
    createdAt: string | null;
    keyRing: string;
    /** `ENCRYPT_DECRYPT`, `ASYMMETRIC_SIGN`, `MAC` …; only the first can be rotated by the service. */
    purpose?: string;
    /** `SOFTWARE`, `HSM`, `EXTERNAL`, `EXTERNAL_VPC` …; `null` when neither a version nor a template says. */
    protectionLevel: string | null;
    /** The key takes imported material only, which nobody but its owner can renew. */
    importOnly: boolean;
    /** The state of the version that encrypts, such as `ENABLED`; `null` when there is none. */
    primaryState: string | null;
    /** When that version came to be. */
    primaryCreatedAt?: string | null;
    /** `null` when the service doesn't rotate the key. */
    rotationPeriodSeconds?: number | null;
    nextRotationAt?: string | null;
    bindings?: IamBinding[];
    /** What is granted on the key ring holds for its keys, too. */
    keyRingBindings?: IamBinding[];
  };
}
