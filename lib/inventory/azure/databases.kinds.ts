/** Addresses that a database server lets in. `0.0.0.0` to `0.0.0.0` stands for all of Azure, other customers included. */
export type DatabaseFirewallRule = { name: string; start: string; end: string };

export interface AzureDatabaseKinds {
  /** Logical servers of Azure SQL. */
  "azure.sql.server": {
    state: string | null;
    publicNetworkAccess?: "Enabled" | "Disabled" | "SecuredByPerimeter";
    /** Such as `1.2`; `None`: any. `null` where it was never set. */
    minimalTlsVersion?: string | null;
    /** The administrator from Microsoft Entra ID; `null` when there is none. */
    entraAdmin?: { login: string; only: boolean } | null;
    firewallRules?: DatabaseFirewallRule[];
    auditing?: {
      enabled: boolean;
      /** The blob endpoint that records go to. */
      storage: string | null;
      /** Whether they go to Azure Monitor: Log Analytics or Event Hubs. */
      monitor: boolean;
      /** Days in the storage account; 0: for ever. */
      retentionDays: number;
    };
    /** URI of the customer's own key for transparent data encryption; `null`: Azure's. */
    keyUri: string | null;
  };
  /** Databases of Azure SQL, `master` left out: Azure keeps that one, and doesn't encrypt it at rest by this setting. */
  "azure.sql.database": {
    /** ARM id. */
    serverId: string;
    status: string | null;
    sku: string | null;
    /** Transparent data encryption. */
    encrypted?: boolean;
  };
  /** Flexible servers of Azure Database for PostgreSQL. */
  "azure.postgresql.server": {
    version: string | null;
    state: string | null;
    publicNetworkAccess?: "Enabled" | "Disabled";
    /** Sign-in by Microsoft Entra ID, and by password. */
    authentication?: { entra: boolean; password: boolean };
    firewallRules?: DatabaseFirewallRule[];
    /** Those server parameters that checks look at, by name, as far as the server has them. */
    parameters?: Record<string, string>;
  };
  /** Flexible servers of Azure Database for MySQL. */
  "azure.mysql.server": {
    version: string | null;
    state: string | null;
    publicNetworkAccess?: "Enabled" | "Disabled";
    firewallRules?: DatabaseFirewallRule[];
    parameters?: Record<string, string>;
  };
}
