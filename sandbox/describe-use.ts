import { acmeAccounts, acmeHub } from "./estates/acme.ts";
import { acmeScanner, acmeSubscriptions, acmeTenant } from "./estates/acme-azure.ts";
import { acmeGcpHub, acmeProjects } from "./estates/acme-gcp.ts";
import type { Sandbox } from "./server.ts";

/** How clients reach a sandbox that holds Acme; its keys and secrets open nothing else. */
export function describeUse({ url, azure, gcp }: Sandbox): string {
  const lines = [`Sandbox cloud on ${url}`, "", ...describeAws(url)];
  if (azure) lines.push("", ...describeAzure(azure.url));
  if (gcp) lines.push("", ...describeGcp(gcp.url));
  return `${lines.join("\n")}\n`;
}

const describeAws = (url: string): string[] => [
  "AWS: point any client at it:",
  `  export AWS_ENDPOINT_URL=${url} AWS_REGION=eu-west-1 AWS_DEFAULT_REGION=eu-west-1`,
  `  export AWS_ACCESS_KEY_ID=${acmeHub.accessKeyId} AWS_SECRET_ACCESS_KEY=${acmeHub.secretAccessKey}`,
  "  aws sts get-caller-identity",
  "",
  "That key may assume the role of each account; each account has a key of its own, too:",
  ...acmeAccounts.flatMap(({ id, name, roleArn, externalId, accessKey }) => [
    `  ${id} ${name}`,
    `    role ${roleArn}, external id ${externalId}`,
    `    key ${accessKey.accessKeyId}, secret ${accessKey.secretAccessKey}`,
  ]),
];

const describeAzure = (url: string): string[] => [
  `Azure: Resource Manager, Microsoft Graph and the login on ${url}, over TLS with a certificate of its own`,
  `  tenant ${acmeTenant.id} ${acmeTenant.name}`,
  `  client ${acmeScanner.appId}, secret ${acmeScanner.clientSecret}`,
  ...acmeSubscriptions.map(({ id, name }) => `  subscription ${id} ${name}`),
];

const describeGcp = (url: string): string[] => [
  `Google Cloud: each API under its host's name, such as ${url}/compute.googleapis.com/compute/v1/…`,
  `  tokens from ${url}/oauth2.googleapis.com/token for client ${acmeGcpHub.clientId}, secret ${acmeGcpHub.clientSecret},`,
  `    refresh token ${acmeGcpHub.refreshToken}, as ${acmeGcpHub.email}; it may act as each project's service account:`,
  ...acmeProjects.map(({ id, name, scanner }) => `  project ${id} ${name}: ${scanner}`),
];
