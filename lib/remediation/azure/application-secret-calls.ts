import { z } from "zod";
import type { AzureAccess } from "#lib/clouds/access.ts";
import { AzureRefusal } from "#lib/clouds/azure/errors.ts";
import type { ApplicationSecret } from "#lib/inventory/azure/entra.kinds.ts";
import { byAge, toSecret } from "#lib/inventory/azure/entra-applications.ts";
import { azRest, defineAzureCall, graphUrl } from "./azure-call.ts";

/** `applicationId`: the object's id, not the client id. */
const Application = z.object({ applicationId: z.guid() });

export const secretsOf = async (
  { clients }: AzureAccess,
  applicationId: string,
  signal: AbortSignal,
): Promise<ApplicationSecret[]> => {
  const { passwordCredentials } = await clients.graph.get(`/applications/${applicationId}`, {
    query: { $select: "id,passwordCredentials" },
    signal,
  });
  return z.array(z.unknown()).parse(passwordCredentials).map(toSecret).sort(byAge);
};

const remove = (
  { clients }: AzureAccess,
  { applicationId, keyId }: { applicationId: string; keyId: string },
  signal: AbortSignal,
) => clients.graph.post(`/applications/${applicationId}/removePassword`, { keyId }, { signal });

const secretBody = ({ days }: { days: number }, name: string, now: Date) => ({
  passwordCredential: {
    displayName: name,
    endDateTime: new Date(now.getTime() + days * 86_400_000).toISOString(),
  },
});

const Made = z.looseObject({ secretText: z.string().min(1) });

export const applicationSecretCalls = [
  defineAzureCall({
    api: "azure.graph.applications.addPassword",
    keepsSecret: true,
    input: Application.extend({ days: z.int().min(1).max(730) }),
    permissions: ["Application.ReadWrite.All"],
    async send(access, { applicationId, days }, { signal, token, keepSecret }) {
      const name = `Parapet ${token}`;
      // An attempt that was cut off may have left one whose text nobody knows.
      for (const { id: keyId, name: known } of await secretsOf(access, applicationId, signal)) {
        if (known === name) await remove(access, { applicationId, keyId }, signal);
      }
      const made = await access.clients.graph.post(
        `/applications/${applicationId}/addPassword`,
        secretBody({ days }, name, new Date()),
        { signal },
      );
      await keepSecret("clientSecret", Made.parse(made).secretText);
      const { id, createdAt, expiresAt } = toSecret(made);
      return { id, name, createdAt, expiresAt };
    },
    command: ({ applicationId, days }) =>
      azRest("post", graphUrl(`/applications/${applicationId}/addPassword`), {
        passwordCredential: { displayName: "Parapet", endDateTime: `<${days} days from now>` },
      }),
  }),
  defineAzureCall({
    api: "azure.graph.applications.removePassword",
    input: Application.extend({ keyId: z.guid() }),
    permissions: ["Application.ReadWrite.All"],
    async send(access, input, { signal }) {
      try {
        await remove(access, input, signal);
      } catch (error) {
        // Graph says of one that is gone that the request was bad, and of much else as well.
        if (!(error instanceof AzureRefusal) || error.statusCode !== 400) throw error;
        const left = await secretsOf(access, input.applicationId, signal);
        if (left.some(({ id }) => id === input.keyId)) throw error;
      }
      return null;
    },
    command: ({ applicationId, keyId }) =>
      azRest("post", graphUrl(`/applications/${applicationId}/removePassword`), {
        keyId: typeof keyId === "string" ? keyId : "KEY_ID",
      }),
  }),
];
