import { cloudName, serviceName } from "#components/findings/service-names.ts";

const words: Readonly<Record<string, string>> = {
  "aws.account": "AWS account",
  "aws.ec2.network-acl": "EC2 network ACL",
  "aws.ec2.vpc": "VPC",
  "aws.ec2.volume": "EBS volume",
  "aws.ec2.snapshot": "EBS snapshot",
  "aws.s3.account": "S3 account settings",
  "azure.compute.virtual-machine": "Virtual machine",
  "azure.compute.disk": "Managed disk",
  "azure.network.public-ip": "Public IP address",
  "azure.network.interface": "Network interface",
  "azure.network.virtual-network": "Virtual network",
  "azure.network.security-group": "Network security group",
  "azure.network.application-gateway": "Application gateway",
  "azure.network.waf-policy": "WAF policy",
  "azure.storage.account": "Storage account",
  "azure.entra.tenant": "Entra ID tenant",
  "gcp.compute.network": "VPC network",
  "gcp.compute.subnet": "Subnet",
  "gcp.compute.firewall": "Firewall rule",
  "gcp.resourcemanager.project": "Google Cloud project",
};

/** Things that are no resource of the provider's but what belongs to no other: the settings of a place. */
const places: Readonly<Record<string, string>> = {
  region: "region settings",
  subscription: "subscription settings",
  project: "project settings",
};

/** A kind as one would say it: `aws.ec2.security-group` is an `EC2 security group`. */
export function kindWord(kind: string): string {
  const [cloud = "", service = "", ...rest] = kind.split(".");
  const thing = rest.join(" ");
  if (words[kind]) return words[kind];
  if (cloud === "imported") return `Imported: ${service.replaceAll("-", " ")}`;
  if (!thing) return [cloudName(cloud), service].filter(Boolean).join(" ");
  return `${serviceName(service)} ${places[thing] ?? thing.replaceAll("-", " ")}`;
}
