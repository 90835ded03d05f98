import type { NetworkRules } from "./storage.kinds.ts";

export interface AzureKeyVaultKinds {
  /** Settings that Azure answers with `null` were never made. */
  "azure.keyvault.vault": {
    /** `standard` or `premium`. */
    sku: string | null;
    /** Days that something deleted is kept; `null` for vaults from before that could be chosen. */
    softDeleteDays: number | null;
    purgeProtection?: boolean | null;
    /** Whether roles rather than access policies say who may use what is in it. */
    rbac?: boolean | null;
    publicNetworkAccess?: string | null;
    /** `null` where none were ever set, which lets every network in. */
    networkRules?: NetworkRules | null;
    /** States of the connections from private endpoints, such as `Approved`. */
    privateEndpoints?: string[];
  };
  /** The current version of a key. */
  "azure.keyvault.key": {
    /** ARM id. */
    vaultId: string;
    enabled?: boolean;
    createdAt: string | null;
    /** `null`: it never expires. */
    expiresAt?: string | null;
    /** Such as `RSA`, `EC-HSM`; only the key itself tells. */
    keyType?: string | null;
    /** What happens by itself as the key ages; `null` without a policy. */
    rotation?: { rotates: boolean; notifies: boolean; expiresAfter: string | null } | null;
  };
  /** The current version of a secret; never its value, which Azure Resource Manager doesn't tell. */
  "azure.keyvault.secret": {
    /** ARM id. */
    vaultId: string;
    enabled?: boolean;
    /** What whoever stored it says that it is; `application/x-pkcs12` and `application/x-pem-file` hold certificates. */
    contentType: string | null;
    createdAt: string | null;
    /** From when to when it holds; for a certificate those are the certificate's own. `null`: no bound. */
    notBefore?: string | null;
    expiresAt?: string | null;
  };
}
