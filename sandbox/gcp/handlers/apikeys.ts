import { randomUUID } from "node:crypto";
import { collectionOf, type GcpApi, type GcpCall, GcpError, type GcpProject } from "../model.ts";
import { finishedOperation, newId, operationAt } from "../operations.ts";
import { listAnswer } from "../paging.ts";
import { found, masked } from "./named-resources.ts";

/** An API key as the API has it, without the key string. `apikeys.keys`, by id. */
export type ApiKeyJson = {
  name: string;
  uid: string;
  displayName?: string;
  createTime: string;
  updateTime: string;
  etag: string;
  restrictions?: object;
  serviceAccountEmail?: string;
};

export const apiKeysOf = (project: GcpProject): Map<string, ApiKeyJson> =>
  collectionOf(project, "apikeys.keys");

const keys = "/v2/projects/{project}/locations/{location}/keys";

const keyOf = ({ project, labels }: GcpCall) => found(apiKeysOf(project), labels.key ?? "");

/** Whatever changes a key answers with an operation. */
const finished = (call: GcpCall, key: ApiKeyJson): object =>
  finishedOperation(call, {
    name: `operations/akmf.p7-${call.project.number}-${newId()}`,
    response: { "@type": "type.googleapis.com/google.api.apikeys.v2.Key", ...key },
  });

export const apiKeysApi: GcpApi = {
  host: "apikeys.googleapis.com",
  title: "API Keys API",
  errors: "rpc",
  routes: [
    {
      method: "GET",
      path: keys,
      permissions: ["apikeys.keys.list"],
      handler: (call) => {
        if (call.labels.location !== "global") throw new GcpError("INVALID_ARGUMENT", "Keys are global.");
        return listAnswer(
          call,
          "keys",
          apiKeysOf(call.project).values(),
          {},
          { defaultSize: 50, maxSize: 300 },
        );
      },
    },
    { method: "GET", path: `${keys}/{key}`, permissions: ["apikeys.keys.get"], handler: keyOf },
    {
      method: "POST",
      path: keys,
      permissions: ["apikeys.keys.create"],
      handler: (call) => {
        const uid = randomUUID();
        const name = `projects/${call.project.number}/locations/global/keys/${uid}`;
        const at = call.now.toISOString();
        const key = { ...call.body, name, uid, createTime: at, updateTime: at, etag: `W/"${uid}"` };
        apiKeysOf(call.project).set(uid, key);
        return finished(call, key);
      },
    },
    {
      method: "PATCH",
      path: `${keys}/{key}`,
      permissions: ["apikeys.keys.update"],
      handler: (call) => {
        const key = { ...masked(call, keyOf(call)), updateTime: call.now.toISOString() };
        apiKeysOf(call.project).set(call.labels.key ?? "", key);
        return finished(call, key);
      },
    },
    {
      method: "DELETE",
      path: `${keys}/{key}`,
      permissions: ["apikeys.keys.delete"],
      handler: (call) => {
        const key = keyOf(call);
        apiKeysOf(call.project).delete(call.labels.key ?? "");
        return finished(call, { ...key, updateTime: call.now.toISOString() });
      },
    },
    {
      method: "GET",
      path: "/v2/operations/{operation}",
      permissions: [],
      // An operation's name holds the project's number.
      project: ({ labels }) => /^akmf\.p7-(\d+)-/.exec(labels.operation ?? "")?.[1],
      handler: (call) => operationAt(call, "operations", `operations/${call.labels.operation}`),
    },
  ],
};
