import type { Playbook } from "../playbook.ts";
import { awsEbsEncryption } from "./aws-ebs-encryption.ts";
import { awsPublicS3 } from "./aws-public-s3.ts";
import { awsSgRestriction } from "./aws-sg-restriction.ts";
import { azureApplicationSecrets } from "./azure-application-secrets.ts";
import { azureBlobPublic } from "./azure-blob-public.ts";
import { azureNsgRestriction } from "./azure-nsg-restriction.ts";
import { azureStorageKeys } from "./azure-storage-keys.ts";
import { deleteRotatedCredentials } from "./delete-rotated-credentials.ts";
import { enableLogging } from "./enable-logging.ts";
import { enableMfa } from "./enable-mfa.ts";
import { gcpFirewallRestriction } from "./gcp-fw-restriction.ts";
import { gcpPublicBucket } from "./gcp-public-bucket.ts";
import { rotateCredentials } from "./rotate-credentials.ts";

/** The playbooks that come with Parapet, in the order in which the library lists them. */
export const builtInPlaybooks: readonly Playbook[] = [
  enableLogging,
  enableMfa,
  rotateCredentials,
  deleteRotatedCredentials,
  awsPublicS3,
  awsEbsEncryption,
  awsSgRestriction,
  azureBlobPublic,
  azureNsgRestriction,
  azureStorageKeys,
  azureApplicationSecrets,
  gcpPublicBucket,
  gcpFirewallRestriction,
];
