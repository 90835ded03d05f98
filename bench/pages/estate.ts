import { catalogue } from "#lib/checks/index.ts";
import type { Severity } from "#lib/checks/model.ts";
import type { Cloud } from "#lib/inventory/model.ts";

/** How large the measured installation is. */
export const size = {
  findings: 1_000_000,
  open: 250_000,
  resources: 200_000,
  accounts: 300,
  days: 90,
  users: 40,
} as const;

/** Accounts of each cloud. */
export const accountsOf: Record<Cloud, number> = { aws: 220, azure: 45, gcp: 35 };

/** Resources by kind, in relation to each other: many of a few kinds, few of many. */
const kindWeights: Record<string, number> = {
  "aws.ec2.security-group": 300,
  "aws.s3.bucket": 250,
  "aws.ec2.instance": 250,
  "aws.iam.user": 120,
  "aws.ec2.volume": 150,
  "aws.iam.role": 150,
  "aws.ec2.snapshot": 90,
  "aws.rds.instance": 70,
  "aws.kms.key": 40,
  "aws.ec2.vpc": 20,
  "aws.efs.file-system": 8,
  "aws.cloudtrail.trail": 4,
  "azure.storage.account": 90,
  "azure.compute.virtual-machine": 80,
  "azure.compute.disk": 60,
  "azure.network.security-group": 40,
  "azure.keyvault.vault": 25,
  "azure.sql.server": 15,
  "azure.appservice.app": 20,
  "azure.postgresql.server": 10,
  "gcp.compute.instance": 90,
  "gcp.storage.bucket": 40,
  "gcp.compute.firewall": 40,
  "gcp.iam.service-account": 40,
  "gcp.cloudsql.instance": 20,
  "gcp.compute.network": 12,
  "gcp.bigquery.dataset": 8,
};

export const kinds = Object.entries(kindWeights).map(([kind, weight]) => {
  const [cloud = "", service = "", thing = ""] = kind.split(".");
  return { kind, cloud, service, thing, weight };
});

export type EstateCheck = { id: string; severity: Severity; kind: string; chance: number };

/** How often each check fails, of its kind's resources: some nearly always, many hardly ever. */
export const ownChecks: EstateCheck[] = catalogue
  .filter(({ resource }) => resource in kindWeights)
  .map(({ id, severity, resource }, at) => ({
    id,
    severity,
    kind: resource,
    chance: [0.95, 0.8, 0.9, 0.03, 0.7, 0.85, 0.002, 0.6][at % 8] ?? 0.5,
  }));

const importedSeverities: Severity[] = ["low", "medium", "medium", "high", "low", "info", "critical"];

/** Checks of another tool, by rank: the first fail most. */
export const importedChecks = Array.from({ length: 120 }, (_, at) => ({
  id: `prowler.account_control_${String(at + 1).padStart(3, "0")}`,
  severity: importedSeverities[at % importedSeverities.length] ?? "low",
}));

export const regions: Record<Cloud, string[]> = {
  aws: ["eu-west-1", "us-east-1", "eu-central-1", "us-west-2", "ap-southeast-1", "eu-north-1", "sa-east-1"],
  azure: ["westeurope", "northeurope", "germanywestcentral", "eastus"],
  gcp: ["europe-west1", "europe-west3", "us-central1", "europe-north1"],
};

export const teams = Array.from({ length: 60 }, (_, at) =>
  ["payments", "search", "platform", "data", "identity", "mobile", "billing", "fraud", "logistics", "web"][
    at % 10
  ]?.concat(at < 10 ? "" : `-${Math.floor(at / 10)}`),
).filter((team) => team !== undefined);
