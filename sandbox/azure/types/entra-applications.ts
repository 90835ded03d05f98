import { randomBytes, randomUUID } from "node:crypto";
import { AzureError, type GraphCall, type GraphObject, type GraphRoute } from "#sandbox/azure/model.ts";

const read = ["Application.Read.All", "Application.ReadWrite.All"] as const;
const write = ["Application.ReadWrite.All"] as const;

/** Applications that are registered in a tenant, and their client secrets. */
export const applicationRoutes: readonly GraphRoute[] = [
  { path: "applications", permissions: [...read], writePermissions: [...write], pageSize: 100 },
  { path: "applications/{id}", permissions: [...read], writePermissions: [...write] },
  {
    path: "applications/{id}/addPassword",
    permissions: [...write],
    writePermissions: [...write],
    run: addPassword,
  },
  {
    path: "applications/{id}/removePassword",
    permissions: [...write],
    writePermissions: [...write],
    run: removePassword,
  },
];

function applicationOf({ tenant, ids }: GraphCall): GraphObject {
  const all = tenant.graph.get("applications");
  const found = Array.isArray(all) ? all.find(({ id }) => id === ids[0]) : undefined;
  if (found) return found;
  throw new AzureError(
    404,
    "Request_ResourceNotFound",
    `Resource '${ids[0]}' does not exist or one of its queried reference-property objects are not present.`,
  );
}

const secretsOf = (application: GraphObject): GraphObject[] =>
  Array.isArray(application.passwordCredentials) ? application.passwordCredentials : [];

/** The secret's text is told here, and never again. */
function addPassword({ passwordCredential }: GraphObject, call: GraphCall) {
  const application = applicationOf(call);
  const { displayName = null, startDateTime, endDateTime } = Object(passwordCredential);
  const start = new Date(startDateTime ?? call.now);
  const end = endDateTime ? new Date(endDateTime) : new Date(start);
  if (!endDateTime) end.setUTCFullYear(end.getUTCFullYear() + 2);
  if (Number.isNaN(start.getTime()) || Number.isNaN(end.getTime()) || end <= start) {
    throw new AzureError(400, "Request_BadRequest", "The password credential's dates are invalid.");
  }
  const secretText = randomBytes(30).toString("base64url");
  const made = {
    keyId: randomUUID(),
    displayName,
    hint: secretText.slice(0, 3),
    customKeyIdentifier: null,
    startDateTime: start.toISOString(),
    endDateTime: end.toISOString(),
  };
  application.passwordCredentials = [...secretsOf(application), { ...made, secretText: null }];
  return { status: 200, value: { ...made, secretText } };
}

function removePassword({ keyId }: GraphObject, call: GraphCall) {
  const application = applicationOf(call);
  const secrets = secretsOf(application);
  if (!secrets.some((secret) => secret.keyId === keyId)) {
    throw new AzureError(
      400,
      "Request_BadRequest",
      `No password credential found with keyId '${String(keyId)}'.`,
    );
  }
  application.passwordCredentials = secrets.filter((secret) => secret.keyId !== keyId);
  return { status: 204 };
}
