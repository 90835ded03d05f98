import {
  addFlexibleServer,
  addSqlDatabase,
  addSqlServer,
  allOfAzure,
  type NewFirewallRule,
} from "#sandbox/estates/build/azure/databases.ts";
import { inGroup } from "#sandbox/estates/build/azure/site.ts";
import type { AcmeAzureSite } from "../../acme-azure.ts";
import { tagsOf } from "../company.ts";

/** The parameters of Acme's templates. */
export const guardedPostgres = { "connection_throttle.enable": "on", "logfiles.retention_days": "7" };
export const guardedMysql = { audit_log_enabled: "ON", audit_log_events: "CONNECTION,DDL,DCL" };

const office: NewFirewallRule = ["office", "198.51.100.0", "198.51.100.255"];
const everyone: NewFirewallRule = ["temp-all", "0.0.0.0", "255.255.255.255"];

/** The database servers that have a story. */
export function addDatabases(site: AcmeAzureSite): void {
  if (site.environment === "production") addShopDatabases(site);
  else addStagingDatabases(site);
}

function addShopDatabases(site: AcmeAzureSite): void {
  const { environment } = site;
  const shop = inGroup(site, "rg-shop-prod", "westeurope", tagsOf(environment, "checkout"));
  const orders = addSqlServer(shop, {
    name: "sql-acme-shop-prod",
    tags: tagsOf(environment, "checkout"),
    audit: 180,
  });
  addSqlDatabase(shop, orders, { name: "orders" });
  addSqlDatabase(shop, orders, { name: "customers" });
  // Lifted from a cellar in 2019. A report tool on somebody's desk needs it, from whichever address that has today.
  const finance = inGroup(site, "rg-finance-prod", "northeurope", tagsOf(environment, "finance"));
  const reports = addSqlServer(finance, {
    name: "sql-acme-reports",
    tags: tagsOf(environment, "finance"),
    audit: null,
    admin: null,
    firewall: [office, everyone, allOfAzure],
    properties: { publicNetworkAccess: "Enabled", minimalTlsVersion: "None" },
  });
  addSqlDatabase(finance, reports, { name: "reports", encrypted: false });
  addFlexibleServer(shop, {
    engine: "PostgreSQL",
    name: "psql-acme-ledger",
    tags: tagsOf(environment, "ledger"),
    parameters: guardedPostgres,
  });
  addFlexibleServer(shop, {
    engine: "MySQL",
    name: "mysql-acme-cms",
    tags: tagsOf(environment, "marketing"),
    parameters: guardedMysql,
  });
  // The campaign site's agency asked for it to be simple.
  addFlexibleServer(shop, {
    engine: "MySQL",
    name: "mysql-acme-campaigns",
    tags: tagsOf(environment, "marketing"),
    isPublic: true,
    firewall: [everyone, ["AllowAllAzureServicesAndResourcesWithinAzureIps", "0.0.0.0", "0.0.0.0"]],
    parameters: {
      require_secure_transport: "OFF",
      tls_version: "TLSv1,TLSv1.1,TLSv1.2",
      audit_log_enabled: "OFF",
    },
  });
}

function addStagingDatabases(site: AcmeAzureSite): void {
  const { environment } = site;
  const lake = inGroup(site, "rg-lake-staging", "germanywestcentral", tagsOf(environment, "data"));
  const metrics = addSqlServer(lake, {
    name: "sql-acme-metrics-staging",
    tags: tagsOf(environment, "data"),
    audit: 30,
    firewall: [office],
    properties: { publicNetworkAccess: "Enabled" },
  });
  addSqlDatabase(lake, metrics, { name: "metrics" });
  addFlexibleServer(lake, {
    engine: "PostgreSQL",
    name: "psql-acme-features",
    tags: { Owner: "mei.tanaka@acme.example" },
    isPublic: true,
    // Two halves, as the form wouldn't take the whole.
    firewall: [
      ["low", "0.0.0.0", "127.255.255.255"],
      ["high", "128.0.0.0", "255.255.255.255"],
      ["AllowAllAzureServicesAndResourcesWithinAzureIps", "0.0.0.0", "0.0.0.0"],
    ],
    parameters: {
      require_secure_transport: "off",
      log_checkpoints: "off",
      log_connections: "off",
      log_disconnections: "off",
    },
    properties: { authConfig: { activeDirectoryAuth: "Disabled", passwordAuth: "Enabled" } },
  });
}
