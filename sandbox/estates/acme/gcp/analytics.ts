import { addDataset, addTable } from "../../build/gcp/bigquery.ts";
import { addCluster } from "../../build/gcp/dataproc.ts";
import type { GcpSite } from "../../build/gcp/site.ts";
import { type GcpEnvironment, labelsOf } from "./company.ts";
import type { GcpKeys } from "./keys.ts";

/** Datasets, tables and clusters with a story. */
export function addGcpAnalytics(site: GcpSite, environment: GcpEnvironment, keys: GcpKeys): void {
  if (environment === "production") addProduction(site, keys);
  else addDevelopment(site, keys);
}

function addProduction(site: GcpSite, keys: GcpKeys): void {
  const of = (team: "data" | "finance" | "merchants") => ({ labels: labelsOf("production", team) });
  addDataset(site, "payments", { ...of("data"), kmsKey: keys.data, ageDays: 900 });
  addTable(site, "payments", "transactions", { kmsKey: keys.data });
  addTable(site, "payments", "refunds", { kmsKey: keys.data });
  addTable(site, "payments", "daily_totals", { type: "MATERIALIZED_VIEW", kmsKey: keys.data });
  addTable(site, "payments", "transactions_by_merchant", { type: "VIEW" });
  // Older than the dataset's default key, which only new tables get.
  addTable(site, "payments", "chargebacks_2021", { ageDays: 880 });
  addDataset(site, "ledger_reporting", {
    ...of("finance"),
    kmsKey: keys.data,
    access: [{ role: "READER", groupByEmail: "finance-reporting@acme.example" }],
  });
  addTable(site, "ledger_reporting", "balances", { kmsKey: keys.data });
  // Benchmarks that Acme publishes, opened to every Google account by the analysts themselves.
  addDataset(site, "industry_benchmarks", {
    ...of("merchants"),
    access: [{ role: "READER", specialGroup: "allAuthenticatedUsers" }],
  });
  addTable(site, "industry_benchmarks", "average_basket", {});
  addDataset(site, "merchant_feed", {
    ...of("merchants"),
    kmsKey: keys.legacy,
    access: [{ role: "roles/bigquery.dataViewer", iamMember: "allUsers" }],
  });
  // Shared by a data provider: what encrypts it is theirs to choose.
  addDataset(site, "provider_fx_rates", { ...of("finance"), type: "LINKED" });
  addCluster(site, "europe-west3", "nightly-settlement", { ...of("finance"), kmsKey: keys.compute });
  addCluster(site, "europe-west1", "adhoc-spark", of("data"));
}

function addDevelopment(site: GcpSite, keys: GcpKeys): void {
  const labels = labelsOf("development", "fraud");
  addDataset(site, "features", { labels, location: "europe-west4", kmsKey: keys.compute });
  addTable(site, "features", "card_velocity", { kmsKey: keys.compute });
  addDataset(site, "sandbox", { labels, location: "europe-west4" });
  addTable(site, "sandbox", "sample_payments");
  addTable(site, "sandbox", "bucket_files", { type: "EXTERNAL" });
  addCluster(site, "europe-west4", "feature-build", { labels, kmsKey: keys.compute });
  addCluster(site, "europe-west4", "spark-on-gke", { labels, isVirtual: true });
}

/** Ordinary tables of the data platform: one dataset per ten. */
export function addGcpWorkloadTables(
  site: GcpSite,
  environment: GcpEnvironment,
  keys: GcpKeys,
  scale: number,
): void {
  const datasets = (environment === "production" ? 3 : 1) * scale;
  for (let index = 0; index < datasets; index++) {
    const datasetId = `mart_${String(index).padStart(4, "0")}`;
    const key = site.random.chance(0.8) ? { kmsKey: keys.data } : {};
    addDataset(site, datasetId, { labels: labelsOf(environment, "data"), ...key });
    for (let table = 0; table < 10; table++) addTable(site, datasetId, `t_${table}`, key);
  }
}
