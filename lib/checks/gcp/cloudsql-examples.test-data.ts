import type { ResourceConfigs } from "#lib/inventory/kinds.ts";

type Instance = ResourceConfigs["gcp.cloudsql.instance"];

const versions = { mysql: "MYSQL_8_4", postgres: "POSTGRES_17", sqlserver: "SQLSERVER_2022_STANDARD" };

/** An instance with nothing to find fault with but what a test changes. */
export const sqlInstance = (
  engine: Instance["engine"],
  rest: Partial<Instance> = {},
): { config: Instance } => ({
  config: {
    engine,
    version: versions[engine],
    instanceType: "CLOUD_SQL_INSTANCE",
    state: "RUNNABLE",
    tier: "db-custom-2-7680",
    createdAt: null,
    publicIp: false,
    addresses: [],
    privateNetwork: null,
    authorizedNetworks: [],
    sslMode: "encrypted-only",
    backups: { enabled: true, pointInTime: true, location: null },
    flags: {},
    deletionProtection: true,
    kmsKeyName: null,
    availability: "ZONAL",
    ...rest,
  },
});

/** An instance as an answer leaves it that could not be read whole. */
export function sqlInstanceWithout(engine: Instance["engine"], field: keyof Instance): { config: Instance } {
  const { config } = sqlInstance(engine);
  Reflect.deleteProperty(config, field);
  return { config };
}
