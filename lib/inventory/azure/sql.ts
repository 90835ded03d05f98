import type { Database, FirewallRule, Server, ServerBlobAuditingPolicy } from "@azure/arm-sql";
import { cut, namingFailures, oneOf, readAndUnread, readPromised, required } from "../answers.ts";
import type { Resource } from "../model.ts";
import { armId, armResource, resourceGroupOf, wordOf } from "./arm.ts";
import { allOf, armListing } from "./arm-list.ts";
import type { AzureCollector, AzureContext } from "./collector.ts";
import type { DatabaseFirewallRule } from "./databases.kinds.ts";
import { listedBelow } from "./listed-below.ts";

const readServers = "Microsoft.Sql/servers/read";
const readAuditing = "Microsoft.Sql/servers/auditingSettings/read";
const readFirewall = "Microsoft.Sql/servers/firewallRules/read";

export const sqlServers: AzureCollector<"azure.sql.server"> = {
  kind: "azure.sql.server",
  cloud: "azure",
  service: "sql",
  scope: "global",
  permissions: [readServers, readAuditing, readFirewall],
  collect(context) {
    const { clients, signal } = context;
    const servers = clients.sql.servers.list({
      expand: "administrators/activedirectory",
      abortSignal: signal,
    });
    return context.each(armListing(readServers, servers), (server) => describeServer(context, server));
  },
};

async function describeServer(context: AzureContext, server: Server): Promise<Resource<"azure.sql.server">> {
  const common = armResource(context, server);
  const { clients, signal, read } = context;
  const group = resourceGroupOf(common.uid);
  const gone = ["ResourceNotFound", "ParentResourceNotFound"];
  const [promised, auditing, firewallRules] = await Promise.all([
    readPromised(context, common.uid, readServers, {
      publicNetworkAccess: wordOf(
        server.publicNetworkAccess,
        ["Enabled", "Disabled", "SecuredByPerimeter"],
        "publicNetworkAccess",
      ),
    }),
    read(
      common.uid,
      readAuditing,
      async () =>
        auditingOf(
          await clients.sql.serverBlobAuditingPolicies.get(group, common.name, { abortSignal: signal }),
        ),
      { gone },
    ),
    read(
      common.uid,
      readFirewall,
      async () =>
        rulesOf(
          await allOf(clients.sql.firewallRules.listByServer(group, common.name, { abortSignal: signal })),
        ),
      { gone },
    ),
  ]);
  const facets = readAndUnread({
    auditing: auditing ?? undefined,
    firewallRules: firewallRules ?? undefined,
  });
  const { administrators: admin } = server;
  return {
    ...common,
    kind: "azure.sql.server",
    config: {
      state: server.state ?? null,
      ...promised.read,
      minimalTlsVersion: server.minimalTlsVersion ?? null,
      entraAdmin: admin?.login
        ? { login: cut(admin.login), only: admin.azureADOnlyAuthentication ?? false }
        : null,
      ...facets.read,
      keyUri: server.keyId ? cut(server.keyId) : null,
    },
    unread: [...promised.unread, ...facets.unread],
  };
}

const auditingOf = (policy: ServerBlobAuditingPolicy) => ({
  enabled: oneOf(policy.state, ["Enabled", "Disabled"], "auditingSettings.state") === "Enabled",
  storage: policy.storageEndpoint ? cut(policy.storageEndpoint) : null,
  monitor: policy.isAzureMonitorTargetEnabled ?? false,
  retentionDays: policy.retentionDays ?? 0,
});

const rulesOf = (rules: readonly FirewallRule[]): DatabaseFirewallRule[] =>
  rules.map((rule) => ({
    name: cut(required(rule.name, "firewallRules.name")),
    start: required(rule.startIpAddress, "startIpAddress"),
    end: required(rule.endIpAddress, "endIpAddress"),
  }));

const readDatabases = "Microsoft.Sql/servers/databases/read";
const readEncryption = "Microsoft.Sql/servers/databases/transparentDataEncryption/read";

export const sqlDatabases: AzureCollector<"azure.sql.database"> = {
  kind: "azure.sql.database",
  cloud: "azure",
  service: "sql",
  scope: "global",
  permissions: [readServers, readDatabases, readEncryption],
  collect(context) {
    const { clients, signal } = context;
    const servers = armListing(readServers, clients.sql.servers.list({ abortSignal: signal }));
    const databases = listedBelow(servers, async (server) => {
      const serverId = armId(server.id);
      const list = clients.sql.databases.listByServer(
        resourceGroupOf(serverId),
        required(server.name, "name"),
        {
          abortSignal: signal,
        },
      );
      const found = await namingFailures(readDatabases, () => allOf(list));
      return found.filter(({ name }) => name !== "master").map((database) => ({ database, serverId }));
    });
    return context.each(databases, ({ database, serverId }) => describeDatabase(context, serverId, database));
  },
};

/** Encryption has to be asked for database by database: no list tells it. */
async function describeDatabase(
  context: AzureContext,
  serverId: string,
  database: Database,
): Promise<Resource<"azure.sql.database">> {
  const { clients, signal, read } = context;
  const common = armResource(context, database);
  const server = serverId.split("/").at(-1) ?? "";
  const encrypted = await read(
    common.uid,
    readEncryption,
    async () => {
      const { state } = await clients.sql.transparentDataEncryptions.get(
        resourceGroupOf(serverId),
        server,
        common.name,
        "current",
        { abortSignal: signal },
      );
      return oneOf(state, ["Enabled", "Disabled"], "transparentDataEncryption.state") === "Enabled";
    },
    { gone: ["ResourceNotFound", "ParentResourceNotFound", "DatabaseDoesNotExist"] },
  );
  const facets = readAndUnread({ encrypted: encrypted ?? undefined });
  return {
    ...common,
    kind: "azure.sql.database",
    config: {
      serverId,
      status: database.status ?? null,
      sku: database.sku?.name ?? null,
      ...facets.read,
    },
    unread: facets.unread,
  };
}
