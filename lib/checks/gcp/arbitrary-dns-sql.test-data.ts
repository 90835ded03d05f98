import fc from "fast-check";
import {
  type Arbitraries,
  boolean,
  constantFrom,
  date,
  list,
  nullable,
  text,
} from "#lib/checks/arbitrary-basics.test-data.ts";
import type { CloudSqlKinds } from "#lib/inventory/gcp/cloudsql.kinds.ts";
import type { DnsKinds } from "#lib/inventory/gcp/dns.kinds.ts";

/** The flags that checks ask for, with values of which some will do and some won't. */
const flagValues = {
  skip_show_database: ["on", "off"],
  cloudsql_iam_authentication: ["on", "off"],
  "cloudsql.iam_authentication": ["on", "off"],
  local_infile: ["on", "off"],
  log_error_verbosity: ["default", "terse", "verbose"],
  log_connections: ["on", "off"],
  log_disconnections: ["on", "off"],
  log_statement: ["none", "ddl", "all"],
  log_min_messages: ["warning", "notice", "panic"],
  log_min_error_statement: ["error", "debug1", "panic"],
  log_min_duration_statement: ["-1", "0"],
  "cloudsql.enable_pgaudit": ["on", "off"],
  "external scripts enabled": ["on", "off"],
  "cross db ownership chaining": ["on", "off"],
  "user connections": ["0", "100"],
  "user options": ["0", "16"],
  "remote access": ["on", "off"],
  "3625": ["on", "off"],
  "contained database authentication": ["on", "off"],
};
const flags = fc
  .record(
    Object.fromEntries(
      Object.entries(flagValues).map(([name, values]) => [name, fc.option(constantFrom(...values))]),
    ),
  )
  .map((set) =>
    Object.fromEntries(
      Object.entries(set).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
    ),
  );

export const dnsAndSqlConfigs: Arbitraries<keyof DnsKinds | keyof CloudSqlKinds> = {
  "gcp.dns.zone": {
    whole: fc.record({
      dnsName: text,
      visibility: constantFrom("public" as const, "private" as const),
      dnssec: constantFrom("off" as const, "on" as const, "transfer" as const),
      keySpecs: list(
        fc.record({
          type: constantFrom("keySigning" as const, "zoneSigning" as const),
          algorithm: constantFrom("rsasha1", "rsasha256"),
          bits: nullable(fc.nat(4096)),
        }),
        2,
      ),
      createdAt: nullable(date),
    }),
    optional: ["dnssec", "keySpecs"],
  },
  "gcp.dns.policy": {
    whole: fc.record({
      logging: boolean(),
      inboundForwarding: boolean(),
      networks: list(constantFrom("arn:aws:test:eu-west-1:111122223333:gcp.compute.network/0", "other"), 2),
    }),
    optional: [],
  },
  "gcp.cloudsql.instance": {
    whole: fc.record({
      engine: constantFrom("mysql" as const, "postgres" as const, "sqlserver" as const),
      version: text,
      instanceType: constantFrom("CLOUD_SQL_INSTANCE", "READ_REPLICA_INSTANCE", "ON_PREMISES_INSTANCE"),
      state: text,
      tier: nullable(text),
      createdAt: nullable(date),
      publicIp: boolean(),
      addresses: list(fc.record({ type: constantFrom("PRIMARY", "PRIVATE"), address: text }), 1),
      privateNetwork: nullable(text),
      authorizedNetworks: list(
        fc.record({
          name: nullable(text),
          cidr: constantFrom("0.0.0.0/0", "128.0.0.0/1", "203.0.113.7", "203.0.113.0/24"),
          expiresAt: nullable(date),
        }),
      ),
      sslMode: constantFrom(
        "unencrypted-allowed" as const,
        "encrypted-only" as const,
        "client-certificate" as const,
      ),
      backups: fc.record({ enabled: boolean(), pointInTime: boolean(), location: nullable(text) }),
      flags,
      deletionProtection: boolean(),
      kmsKeyName: nullable(text),
      availability: nullable(text),
    }),
    optional: ["publicIp", "authorizedNetworks", "sslMode", "backups", "flags", "deletionProtection"],
  },
};
