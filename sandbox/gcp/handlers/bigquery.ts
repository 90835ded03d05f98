import { createHash } from "node:crypto";
import { mergePatch } from "../merge-patch.ts";
import { collectionOf, type GcpApi, type GcpCall, GcpError, type GcpProject } from "../model.ts";
import { listAnswer } from "../paging.ts";

/** A dataset as the API has it. `bigquery.datasets`, by id. */
export type DatasetJson = {
  kind: "bigquery#dataset";
  id: string;
  datasetReference: { projectId: string; datasetId: string };
  location: string;
  type: "DEFAULT" | "LINKED" | "EXTERNAL";
  creationTime: string;
  lastModifiedTime: string;
  access: AccessJson[];
  description?: string;
  labels?: Record<string, string>;
  defaultEncryptionConfiguration?: { kmsKeyName: string };
};

export type AccessJson = {
  role?: string;
  specialGroup?: string;
  iamMember?: string;
  userByEmail?: string;
  groupByEmail?: string;
  domain?: string;
  view?: { projectId: string; datasetId: string; tableId: string };
};

/** A table as the API has it. `bigquery.tables`, by `<dataset>.<table>`. */
export type TableJson = {
  kind: "bigquery#table";
  id: string;
  tableReference: { projectId: string; datasetId: string; tableId: string };
  type: "TABLE" | "VIEW" | "EXTERNAL" | "MATERIALIZED_VIEW" | "SNAPSHOT";
  location: string;
  creationTime: string;
  labels?: Record<string, string>;
  encryptionConfiguration?: { kmsKeyName: string };
  numRows?: string;
};

export const datasetsOf = (project: GcpProject): Map<string, DatasetJson> =>
  collectionOf(project, "bigquery.datasets");
export const tablesOf = (project: GcpProject): Map<string, TableJson> =>
  collectionOf(project, "bigquery.tables");

function datasetOf({ project, labels }: GcpCall): DatasetJson {
  const found = datasetsOf(project).get(labels.dataset ?? "");
  if (!found) throw new GcpError("NOT_FOUND", `Not found: Dataset ${project.id}:${labels.dataset}`);
  return found;
}

function tableOf(call: GcpCall): TableJson {
  const { project, labels } = call;
  datasetOf(call);
  const found = tablesOf(project).get(`${labels.dataset}.${labels.table}`);
  if (!found) {
    throw new GcpError("NOT_FOUND", `Not found: Table ${project.id}:${labels.dataset}.${labels.table}`);
  }
  return found;
}

const etagOf = (dataset: DatasetJson): string =>
  createHash("sha256").update(JSON.stringify(dataset)).digest("base64").slice(0, 22).concat("==");
const withEtag = (dataset: DatasetJson) => ({ ...dataset, etag: etagOf(dataset) });

function listed({ kind, id, datasetReference, labels, location, type }: DatasetJson): object {
  return { kind, id, datasetReference, ...(labels ? { labels } : {}), location, type };
}

function listedTable({ kind, id, tableReference, labels, type, creationTime }: TableJson): object {
  return { kind, id, tableReference, ...(labels ? { labels } : {}), type, creationTime };
}

/** A table's key can't be taken over from its dataset afterwards: only a copy gets another. */
function patchTable(call: GcpCall): object {
  const table = tableOf(call);
  return Object.assign(table, mergePatch(table, call.body));
}

const datasetPath = "/bigquery/v2/projects/{project}/datasets/{dataset}";

export const bigQueryApi: GcpApi = {
  host: "bigquery.googleapis.com",
  title: "BigQuery API",
  errors: "legacy",
  routes: [
    {
      method: "GET",
      path: "/bigquery/v2/projects/{project}/datasets",
      // Anyone may ask, and is shown what they may read.
      permissions: [],
      filteredBy: ["bigquery.datasets.get"],
      handler: (call) =>
        listAnswer(
          call,
          "datasets",
          call.may("bigquery.datasets.get") ? [...datasetsOf(call.project).values()].map(listed) : [],
          { kind: "bigquery#datasetList", etag: "e" },
          { defaultSize: 50 },
        ),
    },
    {
      method: "GET",
      path: datasetPath,
      permissions: ["bigquery.datasets.get"],
      handler: (call) => withEtag(datasetOf(call)),
    },
    {
      method: "PATCH",
      path: datasetPath,
      // Who has access is changed by a permission of its own.
      permissions: ({ body }) => [
        "bigquery.datasets.get",
        "bigquery.datasets.update",
        ...("access" in body ? ["bigquery.datasets.setIamPolicy"] : []),
      ],
      handler: (call) => {
        const dataset = datasetOf(call);
        if (call.ifMatch !== null && call.ifMatch !== etagOf(dataset)) {
          throw new GcpError("FAILED_PRECONDITION", "Precondition check failed.", {
            httpStatus: 412,
            reason: "conditionNotMet",
          });
        }
        const patched = mergePatch(dataset, call.body);
        datasetsOf(call.project).set(dataset.datasetReference.datasetId, patched as DatasetJson);
        return withEtag(datasetOf(call));
      },
    },
    {
      method: "GET",
      path: `${datasetPath}/tables`,
      permissions: ["bigquery.tables.list"],
      handler: (call) => {
        const { datasetReference } = datasetOf(call);
        const tables = [...tablesOf(call.project).values()].filter(
          (table) => table.tableReference.datasetId === datasetReference.datasetId,
        );
        return listAnswer(
          call,
          "tables",
          tables.map(listedTable),
          { kind: "bigquery#tableList", etag: "e", totalItems: tables.length },
          { defaultSize: 50 },
        );
      },
    },
    {
      method: "GET",
      path: `${datasetPath}/tables/{table}`,
      permissions: ["bigquery.tables.get"],
      handler: (call) => tableOf(call),
    },
    {
      method: "PATCH",
      path: `${datasetPath}/tables/{table}`,
      permissions: ["bigquery.tables.get", "bigquery.tables.update"],
      handler: patchTable,
    },
  ],
};
