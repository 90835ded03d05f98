const names: Readonly<Record<string, string>> = {
  accessanalyzer: "Access Analyzer",
  account: "Account",
  apikeys: "API keys",
  appservice: "App Service",
  authorization: "Role assignments",
  bigquery: "BigQuery",
  cloudsql: "Cloud SQL",
  cloudtrail: "CloudTrail",
  compute: "Compute",
  config: "Config",
  databricks: "Databricks",
  dataproc: "Dataproc",
  defender: "Defender for Cloud",
  dns: "Cloud DNS",
  ec2: "EC2",
  efs: "EFS",
  entra: "Entra ID",
  essentialcontacts: "Essential contacts",
  guardduty: "GuardDuty",
  hierarchy: "Folders and organization",
  iam: "IAM",
  keyvault: "Key Vault",
  kms: "KMS",
  logging: "Logging",
  monitor: "Monitor",
  monitoring: "Monitoring",
  mysql: "MySQL",
  network: "Network",
  postgresql: "PostgreSQL",
  rds: "RDS",
  resourcemanager: "Resource Manager",
  s3: "S3",
  securityhub: "Security Hub",
  serviceusage: "Enabled APIs",
  sql: "SQL",
  storage: "Storage",
  relations: "Across services",
};

const cloudNames: Readonly<Record<string, string>> = { aws: "AWS", azure: "Azure", gcp: "Google Cloud" };

/** A cloud as its provider writes it. */
export const cloudName = (id: string): string => cloudNames[id] ?? id;

/** A service as its provider writes it. */
export const serviceName = (id: string): string => names[id] ?? id;
