import { z } from "zod";
import { asksEveryoneForMfa } from "#lib/checks/azure/access-policies.ts";
import type { AzureAccess } from "#lib/clouds/access.ts";
import type { AccessPolicy } from "#lib/inventory/azure/entra.kinds.ts";
import { toPolicy } from "#lib/inventory/azure/entra-access-policies.ts";
import type { Json, PlannedCall } from "../model.ts";
import { defineOperation } from "../operation.ts";
import { accessPoliciesPath, mfaPolicyName, type policyStates, securityDefaultsPath } from "./entra-calls.ts";

const reads = ["Policy.Read.All"];

async function readDefaults({ clients }: AzureAccess, signal: AbortSignal): Promise<boolean> {
  return z.boolean().parse((await clients.graph.get(securityDefaultsPath, { signal })).isEnabled);
}

async function readPolicies({ clients }: AzureAccess, signal: AbortSignal): Promise<AccessPolicy[]> {
  const policies: AccessPolicy[] = [];
  for await (const page of clients.graph.list(accessPoliciesPath, { signal }))
    policies.push(...page.map(toPolicy));
  return policies;
}

type Defaults = {
  isEnabled: boolean;
  /** Whether conditional access policies are on, which Entra takes in their place only. */
  hasAccessPolicies: boolean;
};

export const enableSecurityDefaults = defineOperation<"azure", Defaults, Record<string, never>>({
  id: "azure.entra.enable-security-defaults",
  cloud: "azure",
  title: "Switch Entra's security defaults on",
  kinds: ["azure.entra.tenant"],
  parameters: z.object({}),
  reads,
  calls: ["azure.graph.securityDefaults.update"],

  async read(access, { signal }) {
    const policies = await readPolicies(access, signal);
    return {
      isEnabled: await readDefaults(access, signal),
      hasAccessPolicies: policies.some(({ state }) => state === "enabled"),
    };
  },

  plan({ isEnabled, hasAccessPolicies }) {
    if (isEnabled) return { outcome: "nothing", reason: "Security defaults are on already." };
    if (hasAccessPolicies) {
      return {
        outcome: "refused",
        reason:
          "Conditional access policies are on, and Entra takes security defaults only in their place. Ask for a second factor by conditional access instead, or accept the finding.",
      };
    }
    return {
      outcome: "change",
      after: { isEnabled: true, hasAccessPolicies },
      calls: [update(true)],
      notes: [
        "Every user is asked to register a second factor within 14 days, and sign-in by old protocols stops at once.",
      ],
    };
  },

  wayBack: ({ isEnabled }) => ({ calls: [update(isEnabled)] }),
});

const update = (isEnabled: boolean): PlannedCall => ({
  id: "update",
  api: "azure.graph.securityDefaults.update",
  input: { isEnabled },
});

/** Parapet's own policy, as far as it is changed. */
type OwnPolicy = {
  id: Json;
  state: (typeof policyStates)[number];
  excludeUsers: string[];
  /** Whether what it says is what Parapet made it say. */
  isOurs: boolean;
};
type Asking = {
  /** By security defaults, or by another policy. */
  isAskedAlready: boolean;
  securityDefaults: boolean;
  policy: OwnPolicy | null;
};

const Parameters = z.object({
  mode: z.enum(["enabled", "report"]),
  /** Object ids of accounts for emergencies, which the policy leaves out. */
  emergencyAccounts: z.array(z.guid().toLowerCase()).max(2).default([]),
});

export const requireMfa = defineOperation<"azure", Asking, z.output<typeof Parameters>>({
  id: "azure.entra.require-mfa",
  cloud: "azure",
  title: "Have conditional access ask everyone for a second factor",
  kinds: ["azure.entra.tenant"],
  parameters: Parameters,
  reads,
  calls: [
    "azure.graph.conditionalAccessPolicies.create",
    "azure.graph.conditionalAccessPolicies.update",
    "azure.graph.conditionalAccessPolicies.delete",
  ],

  async read(access, { signal }) {
    const securityDefaults = await readDefaults(access, signal);
    const policies = await readPolicies(access, signal);
    const own = policies.find(({ name }) => name === mfaPolicyName);
    const others = policies.filter((policy) => policy !== own);
    return {
      isAskedAlready: securityDefaults || others.some((policy) => asksEveryoneForMfa(policy) === true),
      securityDefaults,
      policy: own ? ownPolicyOf(own) : null,
    };
  },

  plan({ isAskedAlready, securityDefaults, policy }, { mode, emergencyAccounts }) {
    if (isAskedAlready)
      return { outcome: "nothing", reason: "Everyone is asked for a second factor already." };
    if (emergencyAccounts.length === 0) {
      return {
        outcome: "refused",
        reason:
          "Name one or two accounts for emergencies, which the policy leaves out: without them a mistake locks everybody out.",
      };
    }
    if (policy && !policy.isOurs) {
      return {
        outcome: "refused",
        reason: `There is a policy named ${mfaPolicyName} that says something else. Rename or delete it.`,
      };
    }
    const state = mode === "enabled" ? "enabled" : "enabledForReportingButNotEnforced";
    const excludeUsers = [...new Set(emergencyAccounts)].sort();
    if (policy?.state === state && policy.excludeUsers.join() === excludeUsers.join())
      return { outcome: "nothing", reason: "The policy is there already." };
    return {
      outcome: "change",
      after: {
        isAskedAlready,
        securityDefaults,
        policy: { id: policy?.id ?? { $output: "create.id" }, state, excludeUsers, isOurs: true },
      },
      calls: [policy ? change({ ...policy, state, excludeUsers }) : create(state, excludeUsers)],
      notes:
        mode === "enabled"
          ? ["Who has registered no second factor has to register one at the next sign-in."]
          : ["The policy only reports whom it would ask: the finding stays open until it is switched on."],
    };
  },

  wayBack({ policy: before }, { policy: present }) {
    if (before) return { calls: [change(before)] };
    if (!present) return { calls: [] };
    return {
      calls: [
        { id: "delete", api: "azure.graph.conditionalAccessPolicies.delete", input: { id: present.id } },
      ],
    };
  },
});

function ownPolicyOf(policy: AccessPolicy): OwnPolicy {
  const excludeUsers = [...policy.excludeUsers].sort();
  const asked = asksEveryoneForMfa({ ...policy, state: "enabled", excludeUsers: [] });
  return {
    id: policy.id,
    state: policy.state,
    excludeUsers,
    isOurs: asked === true && excludeUsers.length <= 2,
  };
}

const create = (state: OwnPolicy["state"], excludeUsers: string[]): PlannedCall => ({
  id: "create",
  api: "azure.graph.conditionalAccessPolicies.create",
  input: { state, excludeUsers },
});

const change = ({ id, state, excludeUsers }: OwnPolicy): PlannedCall => ({
  id: "change",
  api: "azure.graph.conditionalAccessPolicies.update",
  input: { id, state, excludeUsers },
});
