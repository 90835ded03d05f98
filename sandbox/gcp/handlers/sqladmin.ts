import type { sqladmin_v1 } from "googleapis/build/src/apis/sqladmin/v1.js";
import { mergePatch } from "../merge-patch.ts";
import { collectionOf, type GcpApi, type GcpCall, GcpError, type GcpProject } from "../model.ts";
import { newId, operationAt } from "../operations.ts";
import { listAnswer } from "../paging.ts";
import { replace } from "./compute/writes.ts";

export type SqlInstance = sqladmin_v1.Schema$DatabaseInstance & { name: string };

/** Instances as the API has them. `sqladmin.instances`, by name. */
export const sqlInstancesOf = (project: GcpProject): Map<string, SqlInstance> =>
  collectionOf(project, "sqladmin.instances");

function instanceOf({ project, labels }: GcpCall): SqlInstance {
  const found = sqlInstancesOf(project).get(labels.instance ?? "");
  if (!found)
    throw new GcpError("NOT_FOUND", "The Cloud SQL instance does not exist.", {
      reason: "instanceDoesNotExist",
    });
  return found;
}

/** Changes what the body names. Without a public address the instance loses the one it had. */
function patchInstance(call: GcpCall): object {
  const instance = instanceOf(call);
  const { settings } = call.body as { settings?: { settingsVersion?: string } };
  const seen = settings?.settingsVersion;
  if (seen !== undefined && seen !== instance.settings?.settingsVersion) {
    throw new GcpError("FAILED_PRECONDITION", "Condition does not match.", {
      httpStatus: 412,
      reason: "staleData",
    });
  }
  const next = mergePatch(instance, call.body) as SqlInstance;
  const ip = next.settings?.ipConfiguration;
  if (ip && !ip.ipv4Enabled) {
    next.ipAddresses = (next.ipAddresses ?? []).filter(({ type }) => type !== "PRIMARY");
  }
  const version = Number(instance.settings?.settingsVersion ?? 0) + 1;
  if (next.settings) next.settings.settingsVersion = String(version);
  replace(instance, next);
  return operationOn(call, "UPDATE");
}

function operationOn(call: GcpCall, operationType: string): object {
  const at = call.now.toISOString();
  const name = newId();
  const operation = {
    kind: "sql#operation",
    name,
    operationType,
    status: "DONE",
    user: call.identity.email,
    insertTime: at,
    startTime: at,
    endTime: at,
    targetId: call.labels.instance,
    targetProject: call.project.id,
    selfLink: `https://sqladmin.googleapis.com/sql/v1/projects/${call.project.id}/operations/${name}`,
  };
  collectionOf(call.project, "sqladmin.operations").set(name, operation);
  // Under way, as Google's are, until it is asked for.
  const { startTime: _start, endTime: _end, ...begun } = operation;
  return { ...begun, status: "PENDING" };
}

const root = "/v1/projects/{project}";

export const sqlAdminApi: GcpApi = {
  host: "sqladmin.googleapis.com",
  title: "Cloud SQL Admin API",
  errors: "legacy",
  routes: [
    {
      method: "GET",
      path: `${root}/instances`,
      permissions: ["cloudsql.instances.list"],
      handler: (call) =>
        listAnswer(
          call,
          "items",
          sqlInstancesOf(call.project).values(),
          { kind: "sql#instancesList" },
          { maxSize: 500 },
        ),
    },
    {
      method: "GET",
      path: `${root}/instances/{instance}`,
      permissions: ["cloudsql.instances.get"],
      handler: instanceOf,
    },
    {
      method: "PATCH",
      path: `${root}/instances/{instance}`,
      permissions: ["cloudsql.instances.update"],
      handler: patchInstance,
    },
    {
      method: "GET",
      path: `${root}/operations/{operation}`,
      permissions: ["cloudsql.instances.get"],
      handler: (call) => operationAt(call, "sqladmin.operations", call.labels.operation ?? ""),
    },
  ],
};
