import { z } from "zod";
import { cut, readAndUnread, readPromised } from "../answers.ts";
import type { AzureCollector, AzureContext } from "./collector.ts";
import type { AzureEntraKinds } from "./entra.kinds.ts";
import { readAccessPolicies } from "./entra-access-policies.ts";
import { parseAnswer } from "./untyped.ts";

/** The application permission of Microsoft Graph for everything here. */
const operation = "Policy.Read.All";

export const tenantUid = ({ account }: Pick<AzureContext, "account">): string => `/tenants/${account}`;

/** Reads what a Microsoft Entra tenant asks of those who sign in, and what it lets guests do. */
export const entraTenant: AzureCollector<"azure.entra.tenant"> = {
  kind: "azure.entra.tenant",
  cloud: "azure",
  service: "entra",
  level: "directory",
  scope: "global",
  permissions: [operation],
  async *collect(context) {
    const { account } = context;
    const uid = tenantUid(context);
    const facet = async <T>(call: () => Promise<T>) =>
      (await context.read(uid, operation, call)) ?? undefined;
    const [securityDefaults, accessPolicies, guests, trustsForeignMfa] = await Promise.all([
      facet(() => readSecurityDefaults(context)),
      facet(() => readAccessPolicies(context)),
      facet(() => readGuestRules(context)),
      facet(() => readForeignTrust(context)),
    ]);
    const facets = readAndUnread({ securityDefaults, accessPolicies, trustsForeignMfa });
    const guestFacets = guests
      ? await readPromised(context, uid, operation, guests)
      : readAndUnread({ guestAccess: undefined, guestInviters: undefined });
    yield {
      uid,
      kind: "azure.entra.tenant",
      account,
      region: "global",
      name: account,
      tags: {},
      config: { ...facets.read, ...guestFacets.read },
      unread: [...facets.unread, ...guestFacets.unread],
    };
  },
};

async function readSecurityDefaults({ clients, signal }: AzureContext): Promise<boolean> {
  const answer = await clients.graph.get("/policies/identitySecurityDefaultsEnforcementPolicy", { signal });
  return parseAnswer(z.object({ isEnabled: z.boolean() }), answer, "security defaults").isEnabled;
}

/** The role of the directory that guests have by default, by its fixed id. */
const guestRoles: Record<string, "member" | "limited" | "restricted"> = {
  "a0b1b346-4d3e-4e8b-98f8-753987be4970": "member",
  "10dae51f-b6af-4016-8d66-8c2a99b929b3": "limited",
  "2af84b1e-32c8-42b7-82bc-daa82404023b": "restricted",
};

async function readGuestRules({
  clients,
  signal,
}: AzureContext): Promise<Pick<AzureEntraKinds["azure.entra.tenant"], "guestAccess" | "guestInviters">> {
  const answer = await clients.graph.get("/policies/authorizationPolicy", { signal });
  const schema = z.object({
    guestUserRoleId: z.string().optional(),
    allowInvitesFrom: z.string().optional(),
  });
  const { guestUserRoleId: role, allowInvitesFrom } = parseAnswer(schema, answer, "authorization policy");
  return {
    guestAccess: role === undefined ? undefined : (guestRoles[role.toLowerCase()] ?? "other"),
    guestInviters: allowInvitesFrom && cut(allowInvitesFrom),
  };
}

const inbound = z.object({ inboundTrust: z.object({ isMfaAccepted: z.boolean().nullish() }).nullish() });

/** Whether the tenant believes the second factor that guests showed at home: of any tenant, or of some partner. */
async function readForeignTrust({ clients, signal }: AzureContext): Promise<boolean> {
  const path = "/policies/crossTenantAccessPolicy";
  const trusts = (answer: unknown) =>
    parseAnswer(inbound, answer, "cross-tenant access").inboundTrust?.isMfaAccepted === true;
  if (trusts(await clients.graph.get(`${path}/default`, { signal }))) return true;
  for await (const page of clients.graph.list(`${path}/partners`, { signal })) {
    if (page.some(trusts)) return true;
  }
  return false;
}
