import type { bigquery_v2 } from "googleapis/build/src/apis/bigquery/v2.js";
import { cut, type Listing, MalformedAnswer, readAndUnread, required, tagRecord } from "../answers.ts";
import type { Resource } from "../model.ts";
import type { DatasetGrant } from "./bigquery.kinds.ts";
import type { GcpCollector, GcpContext } from "./collector.ts";
import { requireOnProject } from "./held-permission.ts";
import { listAll, timeFrom } from "./list.ts";
import { inEach } from "./places.ts";

/** Reads a project's datasets: one list, and each dataset for who has access. */
export const datasets: GcpCollector<"gcp.bigquery.dataset"> = {
  kind: "gcp.bigquery.dataset",
  cloud: "gcp",
  service: "bigquery",
  scope: "global",
  permissions: ["bigquery.datasets.get"],
  collect: async function* (context) {
    const api = await context.clients.bigquery();
    yield* context.each(listDatasets(context, api), (dataset) => describeDataset(context, api, dataset));
    await requireOnProject(context, "bigquery.datasets.get");
  },
};

/** Reads the tables of every dataset; those that hold data once each, since lists don't tell their keys. */
export const tables: GcpCollector<"gcp.bigquery.table"> = {
  kind: "gcp.bigquery.table",
  cloud: "gcp",
  service: "bigquery",
  scope: "global",
  permissions: ["bigquery.datasets.get", "bigquery.tables.list", "bigquery.tables.get"],
  collect: async function* (context) {
    const api = await context.clients.bigquery();
    const listed = inEach(listDatasets(context, api), (dataset) => listTables(context, api, dataset));
    yield* context.each(listed, (table) => describeTable(context, api, table));
    await requireOnProject(context, "bigquery.datasets.get");
  },
};

type ListedDataset = NonNullable<bigquery_v2.Schema$DatasetList["datasets"]>[number];
type ListedTable = {
  region: string;
  datasetId: string;
  table: NonNullable<bigquery_v2.Schema$TableList["tables"]>[number];
};

const listDatasets = (context: GcpContext, api: bigquery_v2.Bigquery): Listing<ListedDataset> =>
  listAll(
    context,
    "bigquery.datasets.get",
    (page, options) => api.datasets.list({ projectId: context.account, maxResults: 1000, ...page }, options),
    (page) => page.datasets,
    // Datasets outlive the API's being switched off: those of other projects whom they are open to go on querying them.
    { whenDisabled: "fail" },
  );

const idOf = (dataset: ListedDataset): string =>
  required(dataset.datasetReference?.datasetId, "datasetReference.datasetId");

const regionOf = (dataset: ListedDataset): string => required(dataset.location, "location").toLowerCase();

const uidOf = (context: GcpContext, datasetId: string): string =>
  `//bigquery.googleapis.com/projects/${context.account}/datasets/${datasetId}`;

const gone = ["NOT_FOUND"];

async function describeDataset(
  context: GcpContext,
  api: bigquery_v2.Bigquery,
  dataset: ListedDataset,
): Promise<Resource<"gcp.bigquery.dataset">> {
  const { account, read, signal } = context;
  const datasetId = idOf(dataset);
  const uid = uidOf(context, datasetId);
  const settings = await read(
    uid,
    "bigquery.datasets.get",
    async () => {
      const request = { projectId: account, datasetId, accessPolicyVersion: 3 };
      const { data } = await api.datasets.get(request, { signal });
      return {
        createdAt: timeFrom(data.creationTime),
        type: cut(data.type ?? "DEFAULT"),
        // Every dataset has an owner, so that the list is never left out.
        access: required(data.access, "access").map(grantOf),
        defaultKmsKey: data.defaultEncryptionConfiguration?.kmsKeyName || null,
      };
    },
    { gone },
  );
  const facets = readAndUnread(
    settings ?? { createdAt: undefined, type: undefined, access: undefined, defaultKmsKey: undefined },
  );
  return {
    uid,
    kind: "gcp.bigquery.dataset",
    account,
    region: regionOf(dataset),
    name: datasetId,
    tags: tagRecord(Object.entries(dataset.labels ?? {})),
    config: facets.read,
    unread: facets.unread,
  };
}

type AccessEntry = NonNullable<bigquery_v2.Schema$Dataset["access"]>[number];

function grantOf(entry: AccessEntry): DatasetGrant {
  const role = entry.role ? cut(entry.role) : null;
  const condition = entry.condition ? cut(entry.condition.expression ?? "") : null;
  return { member: cut(memberOf(entry)), role, condition };
}

function memberOf(entry: AccessEntry): string {
  if (entry.specialGroup) return entry.specialGroup;
  if (entry.iamMember) return entry.iamMember;
  if (entry.userByEmail) return `user:${entry.userByEmail}`;
  if (entry.groupByEmail) return `group:${entry.groupByEmail}`;
  if (entry.domain) return `domain:${entry.domain}`;
  if (entry.view) return `view:${nameIn(entry.view)}.${entry.view.tableId}`;
  if (entry.routine) return `routine:${nameIn(entry.routine)}.${entry.routine.routineId}`;
  if (entry.dataset) return `dataset:${nameIn(entry.dataset.dataset)}`;
  throw new MalformedAnswer("An entry of the dataset's access names nobody.");
}

const nameIn = (
  reference: { projectId?: string | null; datasetId?: string | null } | null | undefined,
): string => `${required(reference?.projectId, "projectId")}.${required(reference?.datasetId, "datasetId")}`;

async function* listTables(
  context: GcpContext,
  api: bigquery_v2.Bigquery,
  dataset: ListedDataset,
): AsyncGenerator<ListedTable> {
  const datasetId = idOf(dataset);
  const region = regionOf(dataset);
  const listed = listAll(
    context,
    "bigquery.tables.list",
    (page, options) =>
      api.tables.list({ projectId: context.account, datasetId, maxResults: 1000, ...page }, options),
    (page) => page.tables,
  );
  for await (const table of listed) yield { region, datasetId, table };
}

/** What has rows of its own, and so a key that they are encrypted with. */
const holdingData = new Set(["TABLE", "SNAPSHOT", "MATERIALIZED_VIEW"]);

async function describeTable(
  context: GcpContext,
  api: bigquery_v2.Bigquery,
  { region, datasetId, table }: ListedTable,
): Promise<Resource<"gcp.bigquery.table">> {
  const { account, read, signal } = context;
  const tableId = required(table.tableReference?.tableId, "tableReference.tableId");
  const uid = `${uidOf(context, datasetId)}/tables/${tableId}`;
  const type = cut(required(table.type, "type"));
  const kmsKey = holdingData.has(type)
    ? await read(
        uid,
        "bigquery.tables.get",
        async () => {
          // BASIC leaves out how much is stored, which takes the service time to add up.
          const request = { projectId: account, datasetId, tableId, view: "BASIC" };
          const { data } = await api.tables.get(request, { signal });
          if (data.tableReference?.tableId !== tableId) throw new MalformedAnswer("The answer is no table.");
          return data.encryptionConfiguration?.kmsKeyName || null;
        },
        { gone },
      )
    : null;
  return {
    uid,
    kind: "gcp.bigquery.table",
    account,
    region,
    name: `${datasetId}.${tableId}`,
    tags: tagRecord(Object.entries(table.labels ?? {})),
    config: {
      dataset: datasetId,
      type,
      createdAt: timeFrom(table.creationTime),
      ...(kmsKey === undefined ? {} : { kmsKey }),
    },
    unread: kmsKey === undefined ? ["kmsKey"] : [],
  };
}
