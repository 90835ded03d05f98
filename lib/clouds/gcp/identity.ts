import { required } from "#lib/inventory/answers.ts";
import type { GcpClients } from "./clients.ts";
import type { GcpAccess } from "./credentials.ts";
import { classifyGcpError } from "./errors.ts";

export type GcpProject = {
  /** The id, such as `acme-analytics-prod`. */
  id: string;
  /** The number, such as `415104041262`. */
  number: string;
  name: string;
};

/** Reads one project by id. Needs `resourcemanager.projects.get`. Throws what the provider said. */
export async function readProject(
  clients: GcpClients,
  projectId: string,
  signal?: AbortSignal,
): Promise<GcpProject> {
  const api = await clients.cloudresourcemanager();
  const { data } = await api.projects.get({ projectId }, { signal: signal ?? null });
  return {
    id: required(data.projectId, "projectId"),
    number: required(data.projectNumber, "projectNumber"),
    name: data.name ?? required(data.projectId, "projectId"),
  };
}

/**
 * Every region of Compute Engine. Needs `compute.regions.list`. Regions only serve to check names by, so a project that
 * doesn't use Compute Engine, or doesn't let its regions be listed, has none and can be scanned all the same.
 */
export async function listRegions(
  clients: GcpClients,
  project: string,
  signal?: AbortSignal,
): Promise<{ name: string; enabled: boolean }[]> {
  try {
    const api = await clients.compute();
    const names: string[] = [];
    let pageToken: string | undefined;
    do {
      const { data } = await api.regions.list(
        { project, ...(pageToken ? { pageToken } : {}) },
        { signal: signal ?? null },
      );
      for (const region of data.items ?? []) names.push(required(region.name, "name"));
      pageToken = data.nextPageToken || undefined;
    } while (pageToken);
    return names.sort().map((name) => ({ name, enabled: true }));
  } catch (error) {
    if (signal?.aborted || classifyGcpError(error) === null) throw error;
    return [];
  }
}

/** Who the credentials speak for: an e-mail, or a federated principal that has none. */
export async function readPrincipal(access: GcpAccess, signal?: AbortSignal): Promise<string> {
  const { connection } = access;
  if (connection.type === "impersonate") return connection.serviceAccount;
  if (connection.type === "workload_identity") {
    const url = connection.configuration.service_account_impersonation_url;
    const email = /serviceAccounts\/([^:]+):/.exec(decodeURIComponent(url ?? ""))?.[1];
    return email ?? `principalSet:${connection.configuration.audience}`;
  }
  const { data } = await access.caller.call(
    {
      method: "POST",
      url: new URL("https://oauth2.googleapis.com/tokeninfo"),
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: "",
      signal,
    },
    access.token,
  );
  const email: unknown = Reflect.get(data, "email");
  const subject: unknown = Reflect.get(data, "sub") ?? Reflect.get(data, "azp");
  return typeof email === "string" ? email : required(typeof subject === "string" ? subject : null, "email");
}

/** The API takes so many at once. */
const permissionsPerCall = 100;

/** Which of the permissions the credentials lack on the project; asking needs none. */
export async function missingPermissions(
  clients: GcpClients,
  projectId: string,
  permissions: readonly string[],
  signal?: AbortSignal,
): Promise<string[]> {
  const api = await clients.cloudresourcemanager();
  const held = new Set<string>();
  for (let from = 0; from < permissions.length; from += permissionsPerCall) {
    const { data } = await api.projects.testIamPermissions(
      {
        resource: projectId,
        requestBody: { permissions: permissions.slice(from, from + permissionsPerCall) },
      },
      { signal: signal ?? null },
    );
    for (const permission of data.permissions ?? []) held.add(permission);
  }
  return permissions.filter((permission) => !held.has(permission));
}
