import type { Server } from "@azure/arm-mysql-flexible";
import type { Resource } from "../model.ts";
import { armListing } from "./arm-list.ts";
import type { AzureCollector, AzureContext } from "./collector.ts";
import { describeFlexibleServer } from "./flexible-servers.ts";

const type = "Microsoft.DBforMySQL/flexibleServers";

const parameters = new Set([
  "require_secure_transport",
  "tls_version",
  "audit_log_enabled",
  "audit_log_events",
]);

export const mysqlServers: AzureCollector<"azure.mysql.server"> = {
  kind: "azure.mysql.server",
  cloud: "azure",
  service: "mysql",
  scope: "global",
  permissions: [`${type}/read`, `${type}/firewallRules/read`, `${type}/configurations/read`],
  collect(context) {
    const { clients, signal } = context;
    const servers = clients.mysql.servers.list({ abortSignal: signal });
    return context.each(armListing(`${type}/read`, servers), (server) => describeServer(context, server));
  },
};

async function describeServer(
  context: AzureContext,
  server: Server,
): Promise<Resource<"azure.mysql.server">> {
  const { firewallRules, configurations } = context.clients.mysql;
  const options = { abortSignal: context.signal };
  const { common, config, unread } = await describeFlexibleServer(context, server, {
    type,
    parameters,
    firewallRules: (group, name) => firewallRules.listByServer(group, name, options),
    configurations: (group, name) => configurations.listByServer(group, name, options),
  });
  return { ...common, kind: "azure.mysql.server", config, unread };
}
