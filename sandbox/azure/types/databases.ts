import { type ArmCall, type ArmResource, type ArmType, AzureError } from "#sandbox/azure/model.ts";

/** The one `default` or `current` of a setting, which exists with its parent and answers defaults until it is written. */
function settingType(type: string, defaults: Record<string, unknown>): ArmType {
  const steps = type.split("/");
  const kind = steps.at(-1) ?? "";
  const setting = (call: ArmCall, name: string): ArmResource => {
    const { tree } = call.subscription;
    const parentId = call.path.id.slice(0, call.path.id.toLowerCase().lastIndexOf(`/${kind.toLowerCase()}`));
    const parent = tree.get(parentId);
    if (!parent) {
      throw new AzureError(
        404,
        "ParentResourceNotFound",
        `The parent resource of '${call.path.id}' was not found.`,
      );
    }
    const id = `${parent.id}/${kind}/${name}`;
    return tree.get(id) ?? { id, name, type, properties: { ...defaults } };
  };
  const only = kind === "transparentDataEncryption" ? "current" : "default";
  return {
    type,
    get: (call) => (call.path.names.at(-1)?.toLowerCase() === only ? setting(call, only) : null),
    list: (call) => [setting(call, only)],
  };
}

const sqlTypes: readonly ArmType[] = [
  {
    type: "Microsoft.Sql/servers",
    show: (server, { query }) => {
      // Who administers the server through Entra ID is told only to who asks.
      const { administrators, administratorLoginPassword: _, ...properties } = server.properties;
      const isAsked = query.get("$expand")?.[0]?.toLowerCase() === "administrators/activedirectory";
      return {
        ...server,
        properties: { ...properties, ...(isAsked && administrators ? { administrators } : {}) },
      };
    },
    write: (next) => ({
      ...next,
      kind: "v12.0",
      properties: {
        version: "12.0",
        state: "Ready",
        fullyQualifiedDomainName: `${next.name}.database.windows.net`,
        privateEndpointConnections: [],
        minimalTlsVersion: "1.2",
        publicNetworkAccess: "Enabled",
        restrictOutboundNetworkAccess: "Disabled",
        ...next.properties,
      },
    }),
  },
  { type: "Microsoft.Sql/servers/firewallRules" },
  { type: "Microsoft.Sql/servers/databases" },
  settingType("Microsoft.Sql/servers/auditingSettings", {
    state: "Disabled",
    retentionDays: 0,
    auditActionsAndGroups: [],
    isStorageSecondaryKeyInUse: false,
    isAzureMonitorTargetEnabled: false,
    storageEndpoint: "",
    storageAccountSubscriptionId: "00000000-0000-0000-0000-000000000000",
  }),
  settingType("Microsoft.Sql/servers/databases/transparentDataEncryption", { state: "Enabled" }),
];

/** What a new server of each engine comes with, of the parameters that matter to security. */
const defaultParameters: Record<string, Record<string, string>> = {
  "Microsoft.DBforPostgreSQL/flexibleServers": {
    require_secure_transport: "on",
    ssl_min_protocol_version: "TLSv1.2",
    log_checkpoints: "on",
    log_connections: "on",
    log_disconnections: "on",
    "connection_throttle.enable": "off",
    "logfiles.download_enable": "off",
    "logfiles.retention_days": "3",
    max_connections: "859",
    shared_buffers: "1048576",
    timezone: "UTC",
    work_mem: "4096",
  },
  "Microsoft.DBforMySQL/flexibleServers": {
    require_secure_transport: "ON",
    tls_version: "TLSv1.2,TLSv1.3",
    audit_log_enabled: "OFF",
    audit_log_events: "CONNECTION",
    slow_query_log: "OFF",
    max_connections: "341",
    sql_mode: "ERROR_FOR_DIVISION_BY_ZERO",
    time_zone: "SYSTEM",
  },
};

function flexibleTypes(type: string): ArmType[] {
  const kind = `${type}/configurations`;
  const defaults = defaultParameters[type] ?? {};
  const parameter = (serverId: string, name: string, { subscription }: ArmCall): ArmResource => {
    const id = `${serverId}/configurations/${name}`;
    const value = defaults[name] ?? "";
    return (
      subscription.tree.get(id) ?? {
        id,
        name,
        type: kind,
        properties: { value, defaultValue: value, source: "system-default", isReadOnly: false },
      }
    );
  };
  const serverOf = ({ path, subscription }: ArmCall): ArmResource => {
    const id = path.id.slice(0, path.id.toLowerCase().lastIndexOf("/configurations"));
    const server = subscription.tree.get(id);
    if (!server) throw new AzureError(404, "ParentResourceNotFound", `The server '${id}' was not found.`);
    return server;
  };
  return [
    {
      type,
      write: (next) => ({
        ...next,
        properties: {
          state: "Ready",
          fullyQualifiedDomainName: `${next.name}.example.net`,
          network: { publicNetworkAccess: "Enabled" },
          ...next.properties,
        },
      }),
    },
    { type: `${type}/firewallRules` },
    {
      type: kind,
      get: (call) => {
        const name = call.path.names.at(-1) ?? "";
        return Object.hasOwn(defaults, name) ? parameter(serverOf(call).id, name, call) : null;
      },
      list: (call) => {
        const { id } = serverOf(call);
        return Object.keys(defaults).map((name) => parameter(id, name, call));
      },
      // A write that only says the value leaves the rest as it was.
      write: (next, previous) => ({
        ...next,
        properties: { ...previous?.properties, source: "user-override", ...next.properties },
      }),
    },
  ];
}

export const databaseTypes: readonly ArmType[] = [
  ...sqlTypes,
  ...flexibleTypes("Microsoft.DBforPostgreSQL/flexibleServers"),
  ...flexibleTypes("Microsoft.DBforMySQL/flexibleServers"),
];
