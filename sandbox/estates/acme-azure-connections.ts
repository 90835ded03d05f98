import type { AzureConnection } from "#lib/clouds/azure/connection.ts";
import type { ReachableAccount } from "#lib/clouds/session.ts";
import type { AzureAddress } from "#sandbox/azure/open.ts";
import { type AcmePrincipal, acmeScanner, acmeTenant } from "./acme/azure/company.ts";

/** How Acme's tenant in a sandbox is reached as one of its applications. */
export function acmeConnection(
  { url, authorityUrl, graphUrl, ca }: AzureAddress,
  { appId }: AcmePrincipal = acmeScanner,
): AzureConnection {
  return {
    type: "client_secret",
    tenantId: acmeTenant.id,
    clientId: appId,
    emulator: { resourceManagerUrl: url, authorityUrl, graphUrl, ca },
  };
}

/** A subscription of Acme's, or with `directory` its tenant, as the engine takes it. */
export function acmeAzureAccount(
  address: AzureAddress,
  externalId: string,
  principal: AcmePrincipal = acmeScanner,
): ReachableAccount {
  return {
    cloud: "azure",
    level: externalId === acmeTenant.id ? "directory" : "account",
    externalId,
    connection: acmeConnection(address, principal),
    secrets: { clientSecret: principal.clientSecret },
  };
}
