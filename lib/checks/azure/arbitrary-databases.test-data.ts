import fc from "fast-check";
import {
  type Arbitraries,
  boolean,
  constantFrom,
  list,
  nullable,
  text,
} from "#lib/checks/arbitrary-basics.test-data.ts";
import type { AzureAppServiceKinds } from "#lib/inventory/azure/appservice.kinds.ts";
import type { AzureDatabaseKinds } from "#lib/inventory/azure/databases.kinds.ts";

const publicNetworkAccess = constantFrom("Enabled" as const, "Disabled" as const);
const firewallRules = list(
  constantFrom(
    { name: "all", start: "0.0.0.0", end: "255.255.255.255" },
    { name: "azure", start: "0.0.0.0", end: "0.0.0.0" },
    { name: "office", start: "203.0.113.0", end: "203.0.113.255" },
    { name: "low", start: "1.0.0.0", end: "9.255.255.255" },
  ),
);
const onOff = constantFrom("on", "off", "ON", "OFF");
const parametersOf = (values: Record<string, fc.Arbitrary<string>>) =>
  fc.record(values, { requiredKeys: [] }).map((some) => ({ ...some }) as Record<string, string>);

export const azureDatabaseConfigs: Arbitraries<keyof (AzureDatabaseKinds & AzureAppServiceKinds)> = {
  "azure.sql.server": {
    whole: fc.record({
      state: nullable(text),
      publicNetworkAccess,
      minimalTlsVersion: constantFrom("None", "1.0", "1.2", "1.3", null),
      entraAdmin: nullable(fc.record({ login: text, only: boolean() })),
      firewallRules,
      auditing: fc.record({
        enabled: boolean(),
        storage: nullable(text),
        monitor: boolean(),
        retentionDays: constantFrom(0, 1, 90, 91),
      }),
      keyUri: nullable(text),
    }),
    optional: ["publicNetworkAccess", "minimalTlsVersion", "entraAdmin", "firewallRules", "auditing"],
  },
  "azure.sql.database": {
    whole: fc.record({ serverId: text, status: nullable(text), sku: nullable(text), encrypted: boolean() }),
    optional: ["encrypted"],
  },
  "azure.postgresql.server": {
    whole: fc.record({
      version: nullable(text),
      state: nullable(text),
      publicNetworkAccess,
      authentication: fc.record({ entra: boolean(), password: boolean() }),
      firewallRules,
      parameters: parametersOf({
        require_secure_transport: onOff,
        log_checkpoints: onOff,
        log_connections: onOff,
        log_disconnections: onOff,
        "connection_throttle.enable": onOff,
        "logfiles.retention_days": constantFrom("1", "3", "7"),
      }),
    }),
    optional: ["publicNetworkAccess", "authentication", "firewallRules", "parameters"],
  },
  "azure.mysql.server": {
    whole: fc.record({
      version: nullable(text),
      state: nullable(text),
      publicNetworkAccess,
      firewallRules,
      parameters: parametersOf({
        require_secure_transport: onOff,
        tls_version: constantFrom("TLSv1.2,TLSv1.3", "TLSv1,TLSv1.1,TLSv1.2", "TLSv1.2"),
        audit_log_enabled: onOff,
        audit_log_events: constantFrom("CONNECTION", "GENERAL,CONNECTION_V2", "DDL", ""),
      }),
    }),
    optional: ["publicNetworkAccess", "firewallRules", "parameters"],
  },
  "azure.appservice.app": {
    whole: fc.record({
      type: nullable(text),
      state: nullable(text),
      httpsOnly: boolean(),
      publicNetworkAccess: nullable(text),
      identities: list(text, 1),
      hostNames: list(text),
      minTlsVersion: constantFrom("1.0", "1.1", "1.2", "1.3"),
      ftps: constantFrom("AllAllowed", "FtpsOnly", "Disabled"),
      remoteDebugging: boolean(),
      http2: boolean(),
    }),
    optional: ["httpsOnly", "identities", "minTlsVersion", "ftps", "remoteDebugging", "http2"],
  },
};
