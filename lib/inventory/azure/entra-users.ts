import { z } from "zod";
import { cut, listing, readAndUnread, readPromised } from "../answers.ts";
import type { AzureCollector, AzureContext } from "./collector.ts";
import type { AzureEntraKinds } from "./entra.kinds.ts";
import { tenantUid } from "./entra-tenant.ts";
import { parseAnswer } from "./untyped.ts";

const usersRead = "User.Read.All";
const reportsRead = "AuditLog.Read.All";

type Registration = AzureEntraKinds["azure.entra.user"]["registration"];

const userSchema = z.object({
  id: z.string(),
  userPrincipalName: z.string(),
  displayName: z.string().nullish(),
  userType: z.string().nullish(),
  accountEnabled: z.boolean().nullish(),
  createdDateTime: z.string().nullish(),
});

const registrationSchema = z.object({
  id: z.string(),
  isAdmin: z.boolean(),
  isMfaRegistered: z.boolean(),
  isMfaCapable: z.boolean(),
  methodsRegistered: z.array(z.string()).nullish(),
});

/** Reads the users of a tenant, with the second factors that they have registered. */
export const entraUsers: AzureCollector<"azure.entra.user"> = {
  kind: "azure.entra.user",
  cloud: "azure",
  service: "entra",
  level: "directory",
  scope: "global",
  permissions: [usersRead, reportsRead],
  async *collect(context) {
    const { account, clients, signal, read } = context;
    const tenant = tenantUid(context);
    // One report tells of all users; reading each user's methods would be a call per user. It takes a licence, too.
    const registrations = await read(tenant, reportsRead, () => readRegistrations(context));
    const pages = clients.graph.list("/users", {
      query: { $select: fields, $top: "999" },
      signal,
    });
    yield* context.each(
      listing(usersRead, pages, (page) => page),
      async (item) => {
        const user = parseAnswer(userSchema, item, "user");
        const id = user.id.toLowerCase();
        const uid = `${tenant}/users/${id}`;
        const promised = await readPromised(context, uid, usersRead, {
          enabled: user.accountEnabled ?? undefined,
        });
        const facets = readAndUnread({
          registration: registrations ? (registrations.get(id) ?? null) : undefined,
        });
        return {
          uid,
          kind: "azure.entra.user",
          account,
          region: "global",
          name: cut(user.userPrincipalName),
          tags: {},
          config: {
            principalName: cut(user.userPrincipalName),
            displayName: user.displayName ? cut(user.displayName) : null,
            // Users that were synchronised long ago have no type; Entra takes them for members.
            isGuest: user.userType?.toLowerCase() === "guest",
            createdAt: user.createdDateTime ? cut(user.createdDateTime) : null,
            ...promised.read,
            ...facets.read,
          },
          unread: [...promised.unread, ...facets.unread],
        };
      },
    );
  },
};

const fields = "id,userPrincipalName,displayName,userType,accountEnabled,createdDateTime";

async function readRegistrations({ clients, signal }: AzureContext): Promise<Map<string, Registration>> {
  const found = new Map<string, Registration>();
  const path = "/reports/authenticationMethods/userRegistrationDetails";
  // It takes no $top: the pages are as long as Microsoft makes them.
  for await (const page of clients.graph.list(path, { signal })) {
    for (const item of page) {
      const line = parseAnswer(registrationSchema, item, "registration");
      found.set(line.id.toLowerCase(), {
        isAdmin: line.isAdmin,
        mfaRegistered: line.isMfaRegistered,
        mfaCapable: line.isMfaCapable,
        methods: (line.methodsRegistered ?? []).map(cut),
      });
    }
  }
  return found;
}
