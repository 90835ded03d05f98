import { z } from "zod";
import { cut } from "../answers.ts";
import type { AzureContext } from "./collector.ts";
import type { AccessPolicy } from "./entra.kinds.ts";
import { parseAnswer } from "./untyped.ts";

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

/** Reads the conditional access policies, as far as they bear on second factors. */
export async function readAccessPolicies({
  clients,
  signal,
}: Pick<AzureContext, "clients" | "signal">): Promise<AccessPolicy[]> {
  const policies: AccessPolicy[] = [];
  for await (const page of clients.graph.list("/identity/conditionalAccess/policies", { signal })) {
    policies.push(...page.map(toPolicy));
  }
  return policies;
}

/** A policy as checks judge it. */
export function toPolicy(answer: unknown): AccessPolicy {
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
