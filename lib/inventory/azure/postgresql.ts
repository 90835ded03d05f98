import type { Server } from "@azure/arm-postgresql-flexible";
import { readPromised } from "../answers.ts";
import type { Resource } from "../model.ts";
import { armListing } from "./arm-list.ts";
import type { AzureCollector, AzureContext } from "./collector.ts";
import { describeFlexibleServer } from "./flexible-servers.ts";

const type = "Microsoft.DBforPostgreSQL/flexibleServers";

const parameters = new Set([
  "require_secure_transport",
  "ssl_min_protocol_version",
  "log_checkpoints",
  "log_connections",
  "log_disconnections",
  "connection_throttle.enable",
  "logfiles.download_enable",
  "logfiles.retention_days",
]);

export const postgresqlServers: AzureCollector<"azure.postgresql.server"> = {
  kind: "azure.postgresql.server",
  cloud: "azure",
  service: "postgresql",
  scope: "global",
  permissions: [`${type}/read`, `${type}/firewallRules/read`, `${type}/configurations/read`],
  collect(context) {
    const { clients, signal } = context;
    const servers = clients.postgresql.servers.listBySubscription({ abortSignal: signal });
    return context.each(armListing(`${type}/read`, servers), (server) => describeServer(context, server));
  },
};

async function describeServer(
  context: AzureContext,
  server: Server,
): Promise<Resource<"azure.postgresql.server">> {
  const { firewallRules, configurations } = context.clients.postgresql;
  const options = { abortSignal: context.signal };
  const { common, config, unread } = await describeFlexibleServer(context, server, {
    type,
    parameters,
    firewallRules: (group, name) => firewallRules.listByServer(group, name, options),
    configurations: (group, name) => configurations.listByServer(group, name, options),
  });
  const { activeDirectoryAuth: entra, passwordAuth: password } = server.authConfig ?? {};
  const promised = await readPromised(context, common.uid, `${type}/read`, {
    authentication:
      entra && password ? { entra: entra === "Enabled", password: password === "Enabled" } : undefined,
  });
  return {
    ...common,
    kind: "azure.postgresql.server",
    config: { ...config, ...promised.read },
    unread: [...unread, ...promised.unread],
  };
}
