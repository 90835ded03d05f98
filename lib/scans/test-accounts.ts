import type { connectAccount } from "#lib/accounts/connect-account.ts";
import { provideEmulatorCredentials } from "#lib/clouds/gcp/session.ts";
import type { Cloud } from "#lib/inventory/model.ts";
import { acmeAccounts } from "#sandbox/estates/acme.ts";
import { acmeScanner, acmeSubscriptions, acmeTenant } from "#sandbox/estates/acme-azure.ts";
import { acmeGcpHub, acmeProjects } from "#sandbox/estates/acme-gcp.ts";
import type { Sandbox } from "#sandbox/server.ts";

type Connecting = Parameters<typeof connectAccount>[2];

/** What it takes to connect Acme's accounts of some clouds in a sandbox; Azure's with the directory they share. */
export function acmeConnections(sandbox: Sandbox, clouds: readonly Cloud[]): Connecting[] {
  return clouds.flatMap((cloud) => connecting[cloud](sandbox));
}

const connecting: Record<Cloud, (sandbox: Sandbox) => Connecting[]> = {
  aws: ({ url }) =>
    acmeAccounts.map(({ id, name, roleArn, externalId }) => ({
      cloud: "aws",
      externalId: id,
      name,
      connection: { type: "assume_role", roleArn, externalId, endpointUrl: url },
    })),
  azure: ({ azure }) => {
    if (!azure) throw new Error("The sandbox has no Azure.");
    const { url: resourceManagerUrl, authorityUrl, graphUrl, ca } = azure;
    const common = {
      cloud: "azure",
      connection: {
        type: "client_secret",
        tenantId: acmeTenant.id,
        clientId: acmeScanner.appId,
        emulator: { resourceManagerUrl, authorityUrl, graphUrl, ca },
      },
      secrets: { clientSecret: acmeScanner.clientSecret },
    } as const;
    return [
      ...acmeSubscriptions.map(({ id, name }) => ({ ...common, externalId: id, name })),
      { ...common, level: "directory" as const, externalId: acmeTenant.id, name: acmeTenant.name },
    ];
  },
  gcp: ({ gcp }) => {
    if (!gcp) throw new Error("The sandbox has no Google Cloud.");
    provideEmulatorCredentials(gcp.url, acmeGcpHub);
    return acmeProjects.map(({ id, name, scanner }) => ({
      cloud: "gcp",
      externalId: id,
      name,
      connection: { type: "impersonate", serviceAccount: scanner, endpointUrl: gcp.url },
    }));
  },
};
