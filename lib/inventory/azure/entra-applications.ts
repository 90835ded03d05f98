import { z } from "zod";
import { cut, listing, readPromised } from "../answers.ts";
import type { AzureCollector } from "./collector.ts";
import type { ApplicationSecret } from "./entra.kinds.ts";
import { tenantUid } from "./entra-tenant.ts";
import { parseAnswer } from "./untyped.ts";

/** The application permission of Microsoft Graph. */
export const applicationsRead = "Application.Read.All";

const secretSchema = z.object({
  keyId: z.string(),
  displayName: z.string().nullish(),
  startDateTime: z.iso.datetime({ offset: true }).nullish(),
  endDateTime: z.iso.datetime({ offset: true }).nullish(),
});

const applicationSchema = z.object({
  id: z.string(),
  appId: z.string(),
  displayName: z.string().nullish(),
  createdDateTime: z.string().nullish(),
  passwordCredentials: z.array(secretSchema).nullish(),
});

/** Reads the applications that are registered in a tenant, with the dates of their client secrets. */
export const entraApplications: AzureCollector<"azure.entra.application"> = {
  kind: "azure.entra.application",
  cloud: "azure",
  service: "entra",
  level: "directory",
  scope: "global",
  permissions: [applicationsRead],
  async *collect(context) {
    const { account, clients, signal } = context;
    const pages = clients.graph.list("/applications", {
      query: { $select: applicationFields, $top: "999" },
      signal,
    });
    yield* context.each(
      listing(applicationsRead, pages, (page) => page),
      async (item) => {
        const application = parseAnswer(applicationSchema, item, "application");
        const uid = `${tenantUid(context)}/applications/${application.id.toLowerCase()}`;
        const { read, unread } = await readPromised(context, uid, applicationsRead, {
          secrets: application.passwordCredentials?.map(toSecret).sort(byAge),
        });
        return {
          uid,
          kind: "azure.entra.application",
          account,
          region: "global",
          name: cut(application.displayName ?? application.appId),
          tags: {},
          config: {
            appId: cut(application.appId),
            createdAt: application.createdDateTime ? cut(application.createdDateTime) : null,
            ...read,
          },
          unread,
        };
      },
    );
  },
};

export const applicationFields = "id,appId,displayName,createdDateTime,passwordCredentials";

/** A client secret as checks judge it. */
export function toSecret(answer: unknown): ApplicationSecret {
  const { keyId, displayName, startDateTime, endDateTime } = parseAnswer(
    secretSchema,
    answer,
    "client secret",
  );
  return {
    id: cut(keyId),
    name: displayName ? cut(displayName) : null,
    createdAt: startDateTime ? new Date(startDateTime).toISOString() : null,
    expiresAt: endDateTime ? new Date(endDateTime).toISOString() : null,
  };
}

export function byAge(a: ApplicationSecret, b: ApplicationSecret): number {
  const [first, second] = [a, b].map(({ createdAt, id }) => `${createdAt ?? ""} ${id}`);
  return String(first) < String(second) ? -1 : 1;
}
