import type { ArmResource } from "#sandbox/azure/model.ts";
import type { Tags } from "../site.ts";
import { type AzureSite, addChild, addResource } from "./site.ts";

/** A firewall rule: its name, and the first and the last address. */
export type NewFirewallRule = [name: string, start: string, end: string];

export const allOfAzure: NewFirewallRule = ["AllowAllWindowsAzureIps", "0.0.0.0", "0.0.0.0"];

function addFirewallRules(site: AzureSite, serverId: string, rules: readonly NewFirewallRule[]): void {
  for (const [name, startIpAddress, endIpAddress] of rules) {
    addChild(site, serverId, `firewallRules/${name}`, { properties: { startIpAddress, endIpAddress } });
  }
}

export type NewSqlServer = {
  /** One of a kind in all of Azure. */
  name: string;
  tags?: Tags;
  firewall?: NewFirewallRule[];
  /** Days that the audit log is kept in storage; `monitor`: it goes to Log Analytics alone; `null`: none is written. */
  audit?: number | "monitor" | null;
  /** The group that administers the server; `null` for none. */
  admin?: string | null;
  properties?: Record<string, unknown>;
};

/** A logical server of Azure SQL, as Acme's templates make it unless said otherwise. */
export function addSqlServer(site: AzureSite, server: NewSqlServer): ArmResource {
  const { name, tags = {}, firewall = [], audit = "monitor", admin = "sql-admins", properties = {} } = server;
  const added = addResource(site, "Microsoft.Sql/servers", {
    name,
    tags,
    kind: "v12.0",
    properties: {
      administratorLogin: "acmeadmin",
      version: "12.0",
      state: "Ready",
      fullyQualifiedDomainName: `${name}.database.windows.net`,
      privateEndpointConnections: [],
      minimalTlsVersion: "1.2",
      publicNetworkAccess: "Disabled",
      restrictOutboundNetworkAccess: "Disabled",
      ...(admin
        ? {
            administrators: {
              administratorType: "ActiveDirectory",
              principalType: "Group",
              login: admin,
              sid: site.random.uuid(),
              tenantId: site.tenant.id,
              azureADOnlyAuthentication: true,
            },
          }
        : {}),
      ...properties,
    },
  });
  addFirewallRules(site, added.id, firewall);
  if (audit !== null) {
    addChild(site, added.id, "auditingSettings/default", {
      properties: {
        state: "Enabled",
        retentionDays: audit === "monitor" ? 0 : audit,
        auditActionsAndGroups: [
          "SUCCESSFUL_DATABASE_AUTHENTICATION_GROUP",
          "FAILED_DATABASE_AUTHENTICATION_GROUP",
          "BATCH_COMPLETED_GROUP",
        ],
        isStorageSecondaryKeyInUse: false,
        isAzureMonitorTargetEnabled: audit === "monitor",
        storageEndpoint: audit === "monitor" ? "" : "https://acmeauditlogs.blob.core.windows.net/",
        storageAccountSubscriptionId: site.subscription.id,
      },
    });
  }
  // Azure gives each server this one.
  addSqlDatabase(site, added, { name: "master", tags: {} });
  return added;
}

export function addSqlDatabase(
  site: AzureSite,
  server: ArmResource,
  { name, tags = {}, encrypted = true }: { name: string; tags?: Tags; encrypted?: boolean },
): ArmResource {
  const isSystem = name === "master";
  const database = addChild(site, server.id, `databases/${name}`, {
    location: server.location ?? site.location,
    tags,
    kind: isSystem ? "v12.0,system" : "v12.0,user,vcore,serverless",
    sku: isSystem
      ? { name: "System", tier: "System" }
      : { name: "GP_S_Gen5", tier: "GeneralPurpose", family: "Gen5" },
    properties: {
      status: "Online",
      collation: "SQL_Latin1_General_CP1_CI_AS",
      databaseId: site.random.uuid(),
      zoneRedundant: !isSystem,
    },
  });
  // Encryption is on until somebody switches it off.
  if (!encrypted) {
    addChild(site, database.id, "transparentDataEncryption/current", { properties: { state: "Disabled" } });
  }
  return database;
}

export type NewFlexibleServer = {
  engine: "PostgreSQL" | "MySQL";
  name: string;
  tags?: Tags;
  firewall?: NewFirewallRule[];
  isPublic?: boolean;
  /** Parameters that differ from a new server's. */
  parameters?: Record<string, string>;
  properties?: Record<string, unknown>;
};

/** A flexible server of PostgreSQL or MySQL: without a public endpoint, unless said otherwise. */
export function addFlexibleServer(site: AzureSite, server: NewFlexibleServer): ArmResource {
  const {
    engine,
    name,
    tags = {},
    firewall = [],
    isPublic = false,
    parameters = {},
    properties = {},
  } = server;
  const isPostgres = engine === "PostgreSQL";
  const added = addResource(site, `Microsoft.DBfor${engine}/flexibleServers`, {
    name,
    tags,
    sku: { name: "Standard_D4ds_v5", tier: "GeneralPurpose" },
    properties: {
      administratorLogin: "acmeadmin",
      version: isPostgres ? "16" : "8.0.21",
      state: "Ready",
      fullyQualifiedDomainName: `${name}.${isPostgres ? "postgres" : "mysql"}.database.azure.com`,
      network: { publicNetworkAccess: isPublic ? "Enabled" : "Disabled" },
      ...(isPostgres
        ? {
            authConfig: {
              activeDirectoryAuth: "Enabled",
              passwordAuth: "Disabled",
              tenantId: site.tenant.id,
            },
          }
        : {}),
      ...properties,
    },
  });
  addFirewallRules(site, added.id, firewall);
  for (const [parameter, value] of Object.entries(parameters)) {
    addChild(site, added.id, `configurations/${parameter}`, {
      properties: { value, source: "user-override" },
    });
  }
  return added;
}
