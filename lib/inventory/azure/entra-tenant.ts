import { z } from "zod";
import { cut, readAndUnread } from "../answers.ts";
import type { AzureCollector, AzureContext } from "./collector.ts";
import type { AccessPolicy } from "./entra.kinds.ts";
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
    const facets = readAndUnread({
      securityDefaults,
      accessPolicies,
      guestAccess: guests?.access,
      guestInviters: guests?.inviters,
      trustsForeignMfa,
    });
    yield {
      uid,
      kind: "azure.entra.tenant",
      account,
      region: "global",
      name: account,
      tags: {},
      config: facets.read,
      unread: facets.unread,
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

async function readGuestRules({ clients, signal }: AzureContext) {
  const answer = await clients.graph.get("/policies/authorizationPolicy", { signal });
  const schema = z.object({ guestUserRoleId: z.string(), allowInvitesFrom: z.string() });
  const { guestUserRoleId, allowInvitesFrom } = parseAnswer(schema, answer, "authorization policy");
  return {
    access: guestRoles[guestUserRoleId.toLowerCase()] ?? "other",
    inviters: cut(allowInvitesFrom),
  } as const;
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

const names = z
  .array(z.string())
  .nullish()
  .transform((list) => (list ?? []).map(cut));

const policySchema = z.object({
  id: z.string(),
  displayName: z.string(),
  state: z.enum(["enabled", "disabled", "enabledForReportingButNotEnforced"]),
  conditions: z.looseObject({
    users: z
      .object({
        includeUsers: names,
        includeGroups: names,
        includeRoles: names,
        excludeUsers: names,
        excludeGroups: names,
        excludeRoles: names,
        excludeGuestsOrExternalUsers: z.looseObject({}).nullish(),
      })
      .nullish(),
    applications: z
      .object({
        includeApplications: names,
        excludeApplications: names,
        applicationFilter: z.unknown().optional(),
      })
      .nullish(),
    clientAppTypes: names,
  }),
  grantControls: z
    .object({
      operator: z.enum(["AND", "OR"]).nullish(),
      builtInControls: names,
      authenticationStrength: z.looseObject({ requirementsSatisfied: z.string().nullish() }).nullish(),
    })
    .nullish(),
});

async function readAccessPolicies({ clients, signal }: AzureContext): Promise<AccessPolicy[]> {
  const policies: AccessPolicy[] = [];
  for await (const page of clients.graph.list("/identity/conditionalAccess/policies", { signal })) {
    policies.push(...page.map(toPolicy));
  }
  return policies;
}

function toPolicy(answer: unknown): AccessPolicy {
  const { id, displayName, state, conditions, grantControls } = parseAnswer(policySchema, answer, "policy");
  const { users, applications, clientAppTypes, ...others } = conditions;
  const strength = grantControls?.authenticationStrength?.requirementsSatisfied;
  return {
    id: cut(id),
    name: cut(displayName),
    state,
    includeUsers: users?.includeUsers ?? [],
    includeGroups: users?.includeGroups ?? [],
    includeRoles: users?.includeRoles ?? [],
    excludeUsers: users?.excludeUsers ?? [],
    excludeGroups: users?.excludeGroups ?? [],
    excludeRoles: users?.excludeRoles ?? [],
    excludesGuests: Boolean(users?.excludeGuestsOrExternalUsers),
    includeApplications: applications?.includeApplications ?? [],
    excludeApplications: applications?.excludeApplications ?? [],
    furtherConditions: [
      ...Object.keys(others).filter((name) => !name.includes("@") && narrows(others[name])),
      ...(takesModernClients(clientAppTypes) ? [] : ["clientAppTypes"]),
      ...(narrows(applications?.applicationFilter) ? ["applicationFilter"] : []),
    ],
    controls: [...(grantControls?.builtInControls ?? []), ...(strength ? [cut(strength)] : [])],
    operator: grantControls?.operator ?? null,
  };
}

/** Whether a condition is set at all: Graph answers those that aren't with null, or with lists of nothing. */
function narrows(condition: unknown): boolean {
  if (condition === null || condition === undefined) return false;
  return typeof condition !== "object" || Object.values(condition).some(narrows);
}

/** Whether all clients are meant that can ask for a second factor at all. */
const takesModernClients = (types: readonly string[]): boolean =>
  types.length === 0 ||
  types.includes("all") ||
  ["browser", "mobileAppsAndDesktopClients"].every((type) => types.includes(type));
