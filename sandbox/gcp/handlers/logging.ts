import {
  collectionOf,
  type GcpApi,
  type GcpCall,
  GcpError,
  type GcpProject,
  type GcpRoute,
} from "../model.ts";
import { listAnswer } from "../paging.ts";
import { type AncestorType, ancestorOf, projectBelow } from "./hierarchy.ts";
import { namedResourceRoutes } from "./named-resources.ts";

/** A sink as the API has it. `logging.sinks`, by name. */
export type SinkJson = {
  name: string;
  resourceName?: string;
  description?: string;
  destination: string;
  filter?: string;
  disabled?: boolean;
  includeChildren?: boolean;
  exclusions?: { name: string; filter: string; disabled?: boolean }[];
  writerIdentity?: string;
  createTime?: string;
  updateTime?: string;
};

/** A log-based metric as the API has it. `logging.metrics`, by name. */
export type MetricJson = {
  name: string;
  resourceName: string;
  description?: string;
  filter: string;
  disabled?: boolean;
  bucketName?: string;
  metricDescriptor: { name: string; type: string; metricKind: string; valueType: string; unit: string };
  createTime: string;
  updateTime: string;
};

export const sinksOf = (project: GcpProject): Map<string, SinkJson> => collectionOf(project, "logging.sinks");
export const metricsOf = (project: GcpProject): Map<string, MetricJson> =>
  collectionOf(project, "logging.metrics");

/** A metric's own fields with those that Google adds. */
export function metricJson(
  project: Pick<GcpProject, "id">,
  given: Pick<MetricJson, "name" | "filter"> & Partial<MetricJson>,
  at: string,
): MetricJson {
  const type = `logging.googleapis.com/user/${given.name}`;
  return {
    ...given,
    resourceName: `projects/${project.id}/metrics/${given.name}`,
    metricDescriptor: {
      name: `projects/${project.id}/metricDescriptors/${type}`,
      type,
      metricKind: "DELTA",
      valueType: "INT64",
      unit: "1",
    },
    createTime: given.createTime ?? at,
    updateTime: at,
  };
}

const textIn = (body: Readonly<Record<string, unknown>>, field: string): string => {
  const value = body[field];
  if (typeof value !== "string" || value === "")
    throw new GcpError("INVALID_ARGUMENT", `${field} is missing.`);
  return value;
};

/** One that asks for no identity of its own writes as all such sinks once did. */
function makeSink(call: GcpCall): { key: string; resource: SinkJson } {
  const name = textIn(call.body, "name");
  const destination = textIn(call.body, "destination");
  if (!/^(logging|storage|bigquery|pubsub)\.googleapis\.com\/./.test(destination)) {
    throw new GcpError("INVALID_ARGUMENT", `Unsupported destination: ${destination}`);
  }
  const isUnique = call.query.get("uniqueWriterIdentity") === "true";
  const resource = {
    ...call.body,
    name,
    destination,
    resourceName: `projects/${call.project.id}/sinks/${name}`,
    writerIdentity: isUnique
      ? `serviceAccount:service-${call.project.number}@gcp-sa-logging.iam.gserviceaccount.com`
      : "serviceAccount:cloud-logs@system.gserviceaccount.com",
    createTime: call.now.toISOString(),
    updateTime: call.now.toISOString(),
  };
  return { key: name, resource };
}

function makeMetric(call: GcpCall, key: string | null, before: MetricJson | undefined) {
  const name = key ?? textIn(call.body, "name");
  const given = { ...call.body, name, filter: textIn(call.body, "filter") };
  const created = before ? { createTime: before.createTime } : {};
  return { key: name, resource: metricJson(call.project, { ...given, ...created }, call.now.toISOString()) };
}

const inheritedSinkRoute = (type: AncestorType): GcpRoute => ({
  method: "GET",
  path: `/v2/${type}s/{${type}}/sinks`,
  permissions: ["logging.sinks.list"],
  project: projectBelow,
  handler: (call) => listAnswer(call, "sinks", ancestorOf(call).sinks),
});

export const loggingApi: GcpApi = {
  host: "logging.googleapis.com",
  title: "Cloud Logging API",
  errors: "rpc",
  routes: [
    ...namedResourceRoutes<SinkJson>({
      path: "/v2/projects/{project}/sinks",
      label: "sink",
      field: "sinks",
      permission: "logging.sinks",
      update: "PATCH",
      of: ({ project }) => sinksOf(project),
      make: makeSink,
    }),
    ...namedResourceRoutes<MetricJson>({
      path: "/v2/projects/{project}/metrics",
      label: "metric",
      field: "metrics",
      permission: "logging.logMetrics",
      update: "PUT",
      of: ({ project }) => metricsOf(project),
      make: makeMetric,
    }),
    inheritedSinkRoute("folder"),
    inheritedSinkRoute("organization"),
  ],
};
