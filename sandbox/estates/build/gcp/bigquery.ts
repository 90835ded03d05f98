import { type AccessJson, datasetsOf, type TableJson, tablesOf } from "#sandbox/gcp/handlers/bigquery.ts";
import { type GcpSite, type Labels, timeAgo } from "./site.ts";

export type DatasetOptions = {
  /** As the API writes it: `EU`, or `europe-west3`. */
  location?: string;
  labels?: Labels;
  ageDays?: number;
  type?: "DEFAULT" | "LINKED" | "EXTERNAL";
  /** Grants beside those that every dataset begins with. */
  access?: AccessJson[];
  kmsKey?: string;
};

/** The API writes times in milliseconds since 1970. */
const millis = (site: GcpSite, days: number): string => String(Date.parse(timeAgo(site, days)));

export function addDataset(site: GcpSite, datasetId: string, options: DatasetOptions = {}): void {
  const { location = "EU", ageDays = 300, kmsKey } = options;
  datasetsOf(site.project).set(datasetId, {
    kind: "bigquery#dataset",
    id: `${site.project.id}:${datasetId}`,
    datasetReference: { projectId: site.project.id, datasetId },
    location,
    type: options.type ?? "DEFAULT",
    creationTime: millis(site, ageDays),
    lastModifiedTime: millis(site, ageDays),
    access: [
      { role: "WRITER", specialGroup: "projectWriters" },
      { role: "OWNER", specialGroup: "projectOwners" },
      { role: "READER", specialGroup: "projectReaders" },
      ...(options.access ?? []),
    ],
    ...(options.labels ? { labels: options.labels } : {}),
    ...(kmsKey ? { defaultEncryptionConfiguration: { kmsKeyName: kmsKey } } : {}),
  });
}

export type TableOptions = { type?: TableJson["type"]; ageDays?: number; labels?: Labels; kmsKey?: string };

export function addTable(
  site: GcpSite,
  datasetId: string,
  tableId: string,
  options: TableOptions = {},
): void {
  const { type = "TABLE", ageDays = 200, kmsKey } = options;
  const dataset = datasetsOf(site.project).get(datasetId);
  if (!dataset) throw new Error(`The estate has no dataset ${datasetId}.`);
  tablesOf(site.project).set(`${datasetId}.${tableId}`, {
    kind: "bigquery#table",
    id: `${site.project.id}:${datasetId}.${tableId}`,
    tableReference: { projectId: site.project.id, datasetId, tableId },
    type,
    location: dataset.location,
    creationTime: millis(site, ageDays),
    ...(options.labels ? { labels: options.labels } : {}),
    ...(kmsKey ? { encryptionConfiguration: { kmsKeyName: kmsKey } } : {}),
    ...(type === "TABLE" ? { numRows: String(site.random.int(10_000_000)) } : {}),
  });
}
