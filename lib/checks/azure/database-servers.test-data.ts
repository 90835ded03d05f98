import type { AzureAppServiceKinds } from "#lib/inventory/azure/appservice.kinds.ts";
import type { AzureDatabaseKinds } from "#lib/inventory/azure/databases.kinds.ts";

/** Servers and apps of which nothing that checks judge by has been read. */
export const sqlServer = (change: Partial<AzureDatabaseKinds["azure.sql.server"]> = {}) => ({
  config: { state: "Ready", keyUri: null, ...change },
});

export const flexibleServer = (change: Partial<AzureDatabaseKinds["azure.postgresql.server"]> = {}) => ({
  config: { version: "16", state: "Ready", ...change },
});

export const withParameters = (parameters: Record<string, string>) => flexibleServer({ parameters });

export const app = (change: Partial<AzureAppServiceKinds["azure.appservice.app"]> = {}) => ({
  config: {
    type: "app,linux",
    state: "Running",
    publicNetworkAccess: null,
    hostNames: ["acme.azurewebsites.net"],
    ...change,
  },
});

export const rule = (name: string, start: string, end: string) => ({ name, start, end });
export const office = rule("office", "203.0.113.0", "203.0.113.255");
export const allOfAzure = rule("AllowAllWindowsAzureIps", "0.0.0.0", "0.0.0.0");
export const everyone = rule("everyone", "0.0.0.0", "255.255.255.255");
