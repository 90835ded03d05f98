import { sqlInstancesOf } from "#sandbox/gcp/handlers/sqladmin.ts";
import { type GcpSite, type Labels, timeAgo } from "./site.ts";

export type SqlOptions = {
  version: string;
  region: string;
  labels?: Labels;
  ageDays?: number;
  tier?: string;
  flags?: Record<string, string>;
  isPublic?: boolean;
  /** Networks that may reach the public address, by name. */
  admits?: Record<string, string>;
  /** Left out where the instance is from before there were modes. */
  sslMode?: string;
  requireSsl?: boolean;
  privateNetwork?: string;
  isBackedUp?: boolean;
  isProtected?: boolean;
  /** The instance that it follows, as a replica. */
  replicaOf?: string;
  kmsKey?: string;
};

export function addSqlInstance(site: GcpSite, name: string, options: SqlOptions): void {
  const { project, random } = site;
  const { version, region, ageDays = 250, isPublic = false } = options;
  const addresses = [
    ...(isPublic
      ? [
          {
            type: "PRIMARY",
            ipAddress: `35.${190 + random.int(60)}.${random.int(250)}.${1 + random.int(250)}`,
          },
        ]
      : []),
    ...(options.privateNetwork
      ? [{ type: "PRIVATE", ipAddress: `10.${200 + random.int(50)}.${random.int(250)}.3` }]
      : []),
  ];
  sqlInstancesOf(project).set(name, {
    kind: "sql#instance",
    name,
    project: project.id,
    region,
    gceZone: `${region}-b`,
    databaseVersion: version,
    instanceType: options.replicaOf ? "READ_REPLICA_INSTANCE" : "CLOUD_SQL_INSTANCE",
    ...(options.replicaOf ? { masterInstanceName: `${project.id}:${options.replicaOf}` } : {}),
    state: "RUNNABLE",
    backendType: "SECOND_GEN",
    connectionName: `${project.id}:${region}:${name}`,
    createTime: timeAgo(site, ageDays),
    ...(addresses.length > 0 ? { ipAddresses: addresses } : {}),
    ...(options.kmsKey ? { diskEncryptionConfiguration: { kmsKeyName: options.kmsKey } } : {}),
    selfLink: `https://sqladmin.googleapis.com/sql/v1/projects/${project.id}/instances/${name}`,
    settings: {
      kind: "sql#settings",
      settingsVersion: "1",
      tier: options.tier ?? "db-custom-2-7680",
      availabilityType: "ZONAL",
      activationPolicy: "ALWAYS",
      ...(options.labels ? { userLabels: options.labels } : {}),
      ipConfiguration: {
        ipv4Enabled: isPublic,
        ...(options.privateNetwork ? { privateNetwork: options.privateNetwork } : {}),
        ...(options.requireSsl === undefined ? {} : { requireSsl: options.requireSsl }),
        ...(options.sslMode ? { sslMode: options.sslMode } : {}),
        ...(options.admits
          ? {
              authorizedNetworks: Object.entries(options.admits).map(([label, value]) => ({
                kind: "sql#aclEntry",
                name: label,
                value,
              })),
            }
          : {}),
      },
      backupConfiguration: {
        kind: "sql#backupConfiguration",
        enabled: (options.isBackedUp ?? true) && !options.replicaOf,
        startTime: "02:00",
        location: "eu",
        ...(version.startsWith("POSTGRES") ? { pointInTimeRecoveryEnabled: true } : {}),
      },
      ...(options.flags
        ? { databaseFlags: Object.entries(options.flags).map(([flag, value]) => ({ name: flag, value })) }
        : {}),
      ...(options.isProtected ? { deletionProtectionEnabled: true } : {}),
    },
  });
}

/** Flags as an auditor wants them, by engine. */
export const soundFlags = {
  MYSQL: { skip_show_database: "on", local_infile: "off" },
  POSTGRES: {
    log_connections: "on",
    log_disconnections: "on",
    log_statement: "ddl",
    "cloudsql.enable_pgaudit": "on",
    "cloudsql.iam_authentication": "on",
  },
  SQLSERVER: { "remote access": "off", "3625": "on" },
} as const;
