export interface CloudSqlKinds {
  /** Cloud SQL instances, replicas included. Uid: `//cloudsql.googleapis.com/projects/p/instances/i`. */
  "gcp.cloudsql.instance": {
    engine: "mysql" | "postgres" | "sqlserver";
    /** Such as `POSTGRES_17` or `SQLSERVER_2022_STANDARD`. */
    version: string;
    /** Such as `CLOUD_SQL_INSTANCE`, `READ_REPLICA_INSTANCE` or `ON_PREMISES_INSTANCE`. */
    instanceType: string;
    state: string;
    tier: string | null;
    createdAt: string | null;
    /** Whether it has a public IPv4 address. */
    publicIp?: boolean;
    addresses: { type: string; address: string }[];
    privateNetwork: string | null;
    /** Who may reach the public address. An entry counts until it expires. */
    authorizedNetworks?: { name: string | null; cidr: string; expiresAt: string | null }[];
    /** What connections it takes; derived from `requireSsl` where an older instance has no mode. */
    sslMode?: "unencrypted-allowed" | "encrypted-only" | "client-certificate";
    backups?: { enabled: boolean; pointInTime: boolean; location: string | null };
    /** The database flags that were set; any other has its engine's default. */
    flags?: Record<string, string>;
    deletionProtection?: boolean;
    kmsKeyName: string | null;
    availability: string | null;
  };
}
