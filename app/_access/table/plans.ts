import type { AccessTable, Given } from "../model.ts";
import { approvedPlan, askedPlan, endedPlan, keptSecret, plannedDraft, who } from "./remediation.ts";

const proposing = ["analyst", "manager", "admin"] as const;
const deciding = ["ciso", "manager"] as const;
const reason = "It is open to everyone.";

const action = (name: string) => `app/(dashboard)/remediation/actions.ts#${name}`;
const named = async (given: Given) => ({ params: { planId: (await askedPlan(given)).planId } });

/** The pages on which fixes are decided on, watched and taken back. */
export const plans: AccessTable = {
  [action("decidePlansAction")]: {
    roles: deciding,
    input: async (given) => [[await askedPlan(given)], "approve", ""],
  },
  [action("submitPlanAction")]: {
    roles: proposing,
    input: async (given) => [await plannedDraft(given), 2, true],
  },
  [action("cancelPlanAction")]: {
    roles: proposing,
    input: async (given) => [(await askedPlan(given, who(given, "remediation:propose"))).planId],
  },
  [action("runPlanAction")]: { roles: proposing, input: async (given) => [await approvedPlan(given)] },
  [action("rollBackPlanAction")]: {
    roles: proposing,
    input: async (given) => [await endedPlan(given), reason],
  },
  [action("collectSecretAction")]: {
    roles: proposing,
    input: async (given) => [await keptSecret(given)],
    // No key of the test's opens it.
    outcome: "unavailable",
  },
  "GET /api/remediation/plans/[planId]": { roles: "everyone", input: named },
  "GET /api/remediation/plans/[planId]/report": { roles: "everyone", input: named },
};
