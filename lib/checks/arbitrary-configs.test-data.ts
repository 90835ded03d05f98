import type { Kind } from "#lib/inventory/model.ts";
import type { Arbitraries } from "./arbitrary-basics.test-data.ts";
import { ec2Configs } from "./aws/arbitrary-ec2.test-data.ts";
import { iamConfigs } from "./aws/arbitrary-iam.test-data.ts";
import { s3Configs } from "./aws/arbitrary-s3.test-data.ts";
import { serviceConfigs } from "./aws/arbitrary-services.test-data.ts";
import { azureComputeConfigs } from "./azure/arbitrary-compute.test-data.ts";
import { azureDatabaseConfigs } from "./azure/arbitrary-databases.test-data.ts";
import { governanceConfigs } from "./azure/arbitrary-governance.test-data.ts";
import { networkConfigs } from "./azure/arbitrary-network.test-data.ts";
import { storageConfigs } from "./azure/arbitrary-storage.test-data.ts";
import { computeConfigs } from "./gcp/arbitrary-compute.test-data.ts";
import { gcpDataConfigs } from "./gcp/arbitrary-data.test-data.ts";
import { dnsAndSqlConfigs } from "./gcp/arbitrary-dns-sql.test-data.ts";
import { gcpGovernanceConfigs } from "./gcp/arbitrary-governance.test-data.ts";

/** For every kind, configs drawn at random that don't contradict themselves. */
export const arbitraryConfigs: Arbitraries<Kind> = {
  ...s3Configs,
  ...iamConfigs,
  ...ec2Configs,
  ...serviceConfigs,
  ...azureComputeConfigs,
  ...azureDatabaseConfigs,
  ...networkConfigs,
  ...storageConfigs,
  ...governanceConfigs,
  ...computeConfigs,
  ...dnsAndSqlConfigs,
  ...gcpDataConfigs,
  ...gcpGovernanceConfigs,
};
