import { remediationSecrets, remediationSteps } from "#db/remediation/schema.ts";
import type { Permission } from "#lib/auth/permissions.ts";
import type { Scope } from "#lib/auth/scope.ts";
import {
  addPlaybook,
  carryOut,
  draftPlan,
  finishPlanning,
  ownPlaybook,
  submittedPlan,
} from "#lib/remediation/test-plans.ts";
import { allowAutoApproval } from "#lib/remediation/verbs/auto-approvals.ts";
import { saveChangeWindow } from "#lib/remediation/verbs/change-windows.ts";
import { decidePlan } from "#lib/remediation/verbs/decide-plan.ts";
import type { AccessTable, Given } from "../model.ts";

const admins = ["admin"] as const;
const proposing = ["analyst", "manager", "admin"] as const;
const deciding = ["ciso", "manager"] as const;
const reason = "It is open to everyone.";
const always = { days: [1, 2, 3, 4, 5, 6, 7], start: "00:00", end: "00:00", timeZone: "UTC" };
const limits = { maxResources: 10, parallel: 2, stopAtFailedPercent: 10, expiryHours: 12, revision: 0 };

/** The scope that is tried where it can, for what has to be one's own; else an analyst's. */
export const who = (given: Given, permission: Permission): Scope =>
  given.scope.can(permission) ? given.scope : given.as("analyst");

/** A playbook for the world's finding, which an administrator has written. */
export const playbookOf = (given: Given) =>
  addPlaybook(given.db, { organisationId: given.ids.organisationId, createdBy: given.ids.userIds.admin });

const world = ({ ids }: Given) => ({ findingIds: [ids.findingId] });

/** A plan of the one who is tried that is ready to be submitted. */
export async function plannedDraft(given: Given): Promise<string> {
  const { id } = await playbookOf(given);
  const planId = await draftPlan(given.db, world(given), who(given, "remediation:propose"), id);
  await finishPlanning(given.db, planId);
  return planId;
}

/** A plan that waits for a decision; of an analyst unless given another. */
export async function askedPlan(
  given: Given,
  scope = given.as("analyst"),
  runWhenApproved = false,
): Promise<{ planId: string; hash: string }> {
  const { id: playbook } = await playbookOf(given);
  const { planId, hash } = await submittedPlan(given.db, world(given), scope, { playbook, runWhenApproved });
  return { planId, hash };
}

/** A plan that was approved and has not begun. */
export async function approvedPlan(given: Given, scope = given.as("analyst")): Promise<string> {
  const { planId, hash } = await askedPlan(given, scope);
  await decidePlan(given.db, given.as("ciso"), { planId, hash, decision: "approve" });
  return planId;
}

/** A plan that was carried out. */
export async function endedPlan(given: Given, scope = given.as("analyst")): Promise<string> {
  const planId = await approvedPlan(given, scope);
  await carryOut(given.db, planId);
  return planId;
}

/** A secret of a plan of the one who is tried; no key opens it. */
export async function keptSecret(given: Given): Promise<string> {
  const planId = await endedPlan(given, who(given, "remediation:propose"));
  const steps = await given.db.select().from(remediationSteps);
  const step = steps.find((each) => each.planId === planId);
  const [secret] = await given.db
    .insert(remediationSecrets)
    .values({
      ...{ organisationId: given.ids.organisationId, planId, stepId: step?.id ?? "", name: "A new key" },
      ...{ keyId: "lost", sealed: Buffer.from("sealed"), expiresAt: new Date(Date.now() + 3_600_000) },
    })
    .returning();
  return secret?.id ?? "";
}

export async function ownWindow(given: Given): Promise<string> {
  const { accountId } = given.ids;
  return (await saveChangeWindow(given.db, given.as("admin"), { ...always, accountId })).windowId;
}

export async function ownRule(given: Given): Promise<string> {
  return (await allowAutoApproval(given.db, given.as("admin"), await ruleInput(given))).ruleId;
}

export async function ruleInput(given: Given) {
  const { id: playbook } = await playbookOf(given);
  return { playbook, accountId: given.ids.accountId, severity: "low" as const };
}

const verb = (file: string, name: string) => `lib/remediation/verbs/${file}.ts#${name}`;

/** Playbooks, plans, and the rules that they go by. */
export const remediation: AccessTable = {
  [verb("create-plan", "createPlan")]: {
    roles: proposing,
    input: async (given) => ({
      ...{ playbook: (await playbookOf(given)).id, findingIds: [given.ids.findingId], reason },
    }),
  },
  [verb("submit-plan", "submitPlan")]: {
    roles: proposing,
    input: async (given) => ({ planId: await plannedDraft(given), revision: 2 }),
  },
  [verb("decide-plan", "decidePlan")]: {
    roles: deciding,
    input: async (given) => ({ ...(await askedPlan(given)), decision: "approve" }),
  },
  [verb("decide-plans", "decidePlans")]: {
    roles: deciding,
    input: async (given) => ({ plans: [await askedPlan(given)], decision: "reject", reason }),
  },
  [verb("cancel-plan", "cancelPlan")]: {
    roles: proposing,
    input: async (given) =>
      askedPlan(given, who(given, "remediation:propose")).then(({ planId }) => ({ planId })),
  },
  [verb("run-plan", "runPlan")]: {
    roles: proposing,
    input: async (given) => ({ planId: await approvedPlan(given) }),
  },
  [verb("roll-back-plan", "rollBackPlan")]: {
    roles: proposing,
    input: async (given) => ({ planId: await endedPlan(given), reason }),
  },
  [verb("collect-secret", "collectSecret")]: {
    roles: proposing,
    input: async (given) => ({ secretId: await keptSecret(given) }),
    // No key of the test's opens it.
    outcome: "unavailable",
  },
  [verb("set-limits", "setRemediationLimits")]: {
    roles: admins,
    input: () => limits,
    foreign: "done",
    unseen: "forbidden",
  },
  [verb("set-freeze", "setFreeze")]: {
    roles: ["ciso", "manager", "admin"],
    input: () => ({ frozen: true, reason }),
    foreign: "done",
    unseen: "forbidden",
  },
  [verb("change-windows", "saveChangeWindow")]: {
    roles: admins,
    input: ({ ids }) => ({ ...always, accountId: ids.accountId }),
  },
  [verb("change-windows", "deleteChangeWindow")]: {
    roles: admins,
    input: async (given) => ({ windowId: await ownWindow(given) }),
  },
  [verb("auto-approvals", "allowAutoApproval")]: { roles: admins, input: ruleInput },
  [verb("auto-approvals", "withdrawAutoApproval")]: {
    roles: admins,
    input: async (given) => ({ ruleId: await ownRule(given) }),
  },
  [verb("custom-playbooks", "saveCustomPlaybook")]: {
    roles: admins,
    input: () => ({ document: { ...ownPlaybook, fixes: ["aws.s3.bucket-public-access"] } }),
    foreign: "done",
    unseen: "forbidden",
  },
  [verb("custom-playbooks", "retireCustomPlaybook")]: {
    roles: admins,
    input: async (given) => ({ playbook: (await playbookOf(given)).id, revision: 1 }),
    unseen: "forbidden",
  },
  "lib/mail/send-test-mail.ts#startTestMail": {
    roles: admins,
    input: () => ({}),
    // No mail server is configured.
    outcome: "unavailable",
    foreign: "unavailable",
  },
};
