import type { IamBinding } from "./iam-bindings.ts";

export type AclEntry = {
  /** `allUsers`, `allAuthenticatedUsers`, `user-<e-mail>`, `project-owners-<number>` … */
  entity: string;
  /** `READER`, `WRITER` or `OWNER`. */
  role: string;
};

export interface StorageKinds {
  "gcp.storage.bucket": {
    createdAt: string | null;
    storageClass: string | null;
    /** `enforced`: no grant to everyone counts. `inherited`: an organisation's policy may still enforce it. */
    publicAccessPrevention?: "inherited" | "enforced";
    /** IAM alone decides; ACLs are switched off. */
    uniformAccess?: boolean;
    /** Objects can't be deleted before; `isLocked`: nor can the policy be weakened. */
    retentionPolicy?: { periodSeconds: number; isLocked: boolean } | null;
    versioning?: boolean;
    /** The Cloud KMS key that new objects are encrypted with; `null` when it is one of Google's. */
    defaultKmsKey?: string | null;
    bindings?: IamBinding[];
    /** The bucket's ACL; `null` when ACLs are switched off. */
    acl?: AclEntry[] | null;
    /** The ACL that new objects are given; `null` when ACLs are switched off. */
    defaultObjectAcl?: AclEntry[] | null;
  };
}
