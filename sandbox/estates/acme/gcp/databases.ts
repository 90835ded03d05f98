import { addDnsPolicy, addZone } from "../../build/gcp/dns.ts";
import type { GcpNetwork } from "../../build/gcp/network.ts";
import type { GcpSite } from "../../build/gcp/site.ts";
import { addSqlInstance, soundFlags } from "../../build/gcp/sql.ts";
import { type GcpEnvironment, labelsOf } from "./company.ts";
import type { GcpKeys } from "./keys.ts";

/** Cloud SQL instances with a story. */
export function addGcpDatabases(
  site: GcpSite,
  environment: GcpEnvironment,
  network: GcpNetwork,
  keys: GcpKeys,
): void {
  const labels = labelsOf(environment, "data");
  if (environment === "development") {
    addSqlInstance(site, "labels-pg", {
      version: "POSTGRES_16",
      region: "europe-west4",
      labels: labelsOf(environment, "fraud"),
      isPublic: true,
      admits: { anywhere: "0.0.0.0/0" },
      sslMode: "ALLOW_UNENCRYPTED_AND_ENCRYPTED",
      isBackedUp: false,
      flags: {
        log_min_duration_statement: "0",
        log_min_messages: "debug1",
        log_min_error_statement: "panic",
        log_error_verbosity: "terse",
      },
    });
    return;
  }
  const privately = { privateNetwork: network.link.replace(/^.*\/v1\//, ""), sslMode: "ENCRYPTED_ONLY" };
  addSqlInstance(site, "ledger-reporting", {
    version: "POSTGRES_17",
    region: "europe-west3",
    labels: labelsOf(environment, "finance"),
    ...privately,
    sslMode: "TRUSTED_CLIENT_CERTIFICATE_REQUIRED",
    flags: soundFlags.POSTGRES,
    isProtected: true,
    kmsKey: keys.data,
  });
  addSqlInstance(site, "ledger-reporting-replica", {
    version: "POSTGRES_17",
    region: "europe-west1",
    labels: labelsOf(environment, "finance"),
    ...privately,
    flags: soundFlags.POSTGRES,
    replicaOf: "ledger-reporting",
    kmsKey: keys.data,
  });
  addSqlInstance(site, "dashboards", {
    version: "MYSQL_8_4",
    region: "europe-west3",
    labels,
    ...privately,
    flags: soundFlags.MYSQL,
    isProtected: true,
  });
  // Moved from a hoster, and reached by partners over the internet since.
  addSqlInstance(site, "partner-portal", {
    version: "MYSQL_8_0",
    region: "europe-west3",
    labels: labelsOf(environment, "merchants"),
    ageDays: 1_300,
    isPublic: true,
    admits: { office: "203.0.113.0/24", "lower half": "0.0.0.0/1", "upper half": "128.0.0.0/1" },
    requireSsl: false,
    isBackedUp: false,
  });
  addSqlInstance(site, "tax-archive", {
    version: "SQLSERVER_2022_STANDARD",
    region: "europe-west3",
    labels: labelsOf(environment, "finance"),
    ...privately,
    flags: soundFlags.SQLSERVER,
    isProtected: true,
  });
  addSqlInstance(site, "tax-import", {
    version: "SQLSERVER_2019_STANDARD",
    region: "europe-west3",
    labels: labelsOf(environment, "finance"),
    isPublic: true,
    admits: { vendor: "198.51.100.17" },
    sslMode: "ENCRYPTED_ONLY",
    flags: {
      "external scripts enabled": "on",
      "cross db ownership chaining": "on",
      "user connections": "50",
      "user options": "16",
      "contained database authentication": "on",
    },
  });
}

/** Zones and DNS policies with a story. */
export function addGcpDns(site: GcpSite, environment: GcpEnvironment): void {
  const labels = labelsOf(environment, "platform");
  if (environment === "development") {
    addZone(site, "ml-preview", { dnsName: "ml-preview.acme.example.", labels });
    return;
  }
  addZone(site, "analytics", { dnsName: "analytics.acme.example.", dnssec: "on", labels });
  // Signed when DNSSEC was new, and never again.
  addZone(site, "acme-charts", {
    dnsName: "acme-charts.example.",
    dnssec: "on",
    algorithm: "rsasha1",
    labels,
  });
  addZone(site, "partners", { dnsName: "partners.acme.example.", labels });
  addZone(site, "warehouse", { dnsName: "warehouse.internal.", visibility: "private", labels });
  addDnsPolicy(site, "log-queries", { logging: true, networks: ["analytics"] });
  addDnsPolicy(site, "partner-forwarding", { logging: false, networks: ["partners"] });
}
