import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Transaction } from "#db/client.ts";
import { newId } from "#db/columns.ts";
import { remediationFindings, remediationPlans, remediationTargets } from "#db/remediation/schema.ts";
import { readLimits } from "#db/remediation/settings-queries.ts";
import type { Scope } from "../../auth/scope.ts";
import { DomainError } from "../../errors.ts";
import { cleaned } from "../../findings/triage/cleaned.ts";
import { enqueue } from "../../jobs/queue.ts";
import { defineMutation, parseInput } from "../../mutation.ts";
import { type FoundPlaybook, findPlaybook } from "../find-playbook.ts";
import { notifyPlan } from "../notify.ts";
import { parametersSchema } from "../parameters.ts";
import { onlyTells } from "../playbook.ts";
import { type ChosenFinding, chooseFindings } from "./choose-findings.ts";
import { guarded } from "./guarded.ts";
import { holdPlan } from "./hold-plan.ts";
import { Id, Reason } from "./inputs.ts";

export const CreatePlanInput = z.strictObject({
  /** The playbook's id. */
  playbook: z.string().min(1).max(80),
  findingIds: z.array(Id).min(1, "Choose a finding.").max(500, "At most 500 findings at a time."),
  /** By name, as the playbook asks for them. */
  parameters: z.record(z.string().max(80), z.unknown()).default({}),
  /** Why it is wanted, for whoever decides. */
  reason: Reason,
  /** The plan that this one finishes, such as by deleting a key that the other deactivated. */
  follows: Id.optional(),
});

/**
 * Proposes a fix: notes down what it is for, and has a worker plan it. What the worker finds is then read, and submitted.
 * Throws `not_found` for findings that can't be seen, and `conflict` or `invalid_input` for those that the playbook can't
 * fix or that are too many.
 */
export const createPlan = guarded(
  defineMutation({
    permission: "remediation:propose",
    act: { action: "remediation_plan.create", kind: "remediation_plan" },
    input: CreatePlanInput,
    async run({ tx, scope, input: raw }) {
      const input = cleaned(raw);
      const { organisationId } = scope;
      if (scope.actor.kind !== "user") throw new DomainError("forbidden", "A person has to propose a fix.");
      const found = await findPlaybook(tx, organisationId, input.playbook);
      const { playbook, hash: playbookHash } = found;
      const parameters = parseInput(parametersSchema(playbook.parameters), input.parameters);
      if (input.follows !== undefined) await checkFollowed(tx, scope, input.follows, input.findingIds);
      const chosen = await chooseFindings(tx, scope, playbook, input.findingIds, {
        resolvedToo: input.follows !== undefined,
      });
      const targets = groupByResource(chosen);
      await checkCount(tx, organisationId, targets.length);
      const planId = newId("pln");
      await tx.insert(remediationPlans).values({
        ...{ id: planId, organisationId, playbook: playbook.id, playbookHash, title: playbook.title },
        ...{ parameters, reason: input.reason, risk: playbook.risk, follows: input.follows ?? null },
        ...{
          reversible: playbook.irreversible.length === 0,
          approvalsNeeded: approvalsFor(found, scope.actor.id),
        },
        accountIds: [...new Set(chosen.map(({ accountId }) => accountId))].sort(),
        ...{ requestedBy: scope.actor.id, correlationId: scope.correlationId },
      });
      await storeTargets(tx, organisationId, planId, targets);
      await enqueue(tx, "remediation-plan", [{ data: { planId } }]);
      await notifyPlan(tx, organisationId, planId);
      return {
        result: { planId },
        audit: {
          action: "remediation_plan.create",
          object: { kind: "remediation_plan", id: planId },
          after: {
            ...{ playbook: playbook.id, playbookHash, parameters, reason: input.reason },
            ...{ findingIds: input.findingIds, resources: targets.length, follows: input.follows ?? null },
          },
        },
      };
    },
  }),
);

/**
 * Nothing that can't be undone goes with fewer than two approvals, and nothing that changes anything with none, whatever
 * the playbook says; nor does what is risky, or written by the one who asks.
 */
export function approvalsFor({ playbook, createdBy }: FoundPlaybook, requestedBy: string): 0 | 1 | 2 {
  const { approvals, irreversible, risk } = playbook;
  if (irreversible.length > 0) return 2;
  const mayGo = onlyTells(playbook) && risk === "low" && createdBy !== requestedBy;
  return approvals === 0 && !mayGo ? 1 : approvals;
}

type TargetFindings = [ChosenFinding, ...ChosenFinding[]];

function groupByResource(chosen: readonly ChosenFinding[]): TargetFindings[] {
  const groups = new Map<string, TargetFindings>();
  for (const finding of chosen) {
    const group = groups.get(finding.resourceId);
    if (group) group.push(finding);
    else groups.set(finding.resourceId, [finding]);
  }
  return [...groups.values()].sort(([a], [b]) => (a.uid < b.uid ? -1 : 1));
}

async function checkCount(tx: Transaction, organisationId: string, resources: number): Promise<void> {
  const { maxResources } = await readLimits(tx, organisationId);
  if (resources <= maxResources) return;
  throw new DomainError(
    "invalid_input",
    `Nothing was proposed: these findings are of ${resources} resources, and one plan may change ${maxResources}. Choose fewer, and propose the rest as plans of their own.`,
    { fields: { findingIds: `${resources} resources; at most ${maxResources}.` } },
  );
}

async function storeTargets(
  tx: Transaction,
  organisationId: string,
  planId: string,
  targets: readonly TargetFindings[],
): Promise<void> {
  const rows = targets.map(([first, ...others], ordinal) => {
    const { accountId, resourceId, uid, kind, region, name } = first;
    const id = newId("tgt");
    return {
      target: { id, organisationId, planId, ordinal, accountId, resourceId, uid, kind, region, name },
      findings: [first, ...others].map(({ id: findingId }) => ({ planId, targetId: id, findingId })),
    };
  });
  await tx.insert(remediationTargets).values(rows.map(({ target }) => target));
  await tx.insert(remediationFindings).values(rows.flatMap(({ findings }) => findings));
}

/** A plan finishes one that was carried out, for findings of that one. */
async function checkFollowed(
  tx: Transaction,
  scope: Scope,
  planId: string,
  findingIds: readonly string[],
): Promise<void> {
  const followed = await holdPlan(tx, scope, planId);
  if (!["succeeded", "changed_unverified"].includes(followed.state)) {
    throw new DomainError(
      "conflict",
      "Nothing was proposed: the plan that this one would finish was not carried out.",
    );
  }
  const ids = JSON.stringify([...new Set(findingIds)]);
  const strange = await tx.execute(sql`
    select from jsonb_array_elements_text(${ids}::jsonb) as asked (id)
    where asked.id not in (select finding_id from remediation_findings where plan_id = ${planId}) limit 1
  `);
  if (strange.length > 0) {
    throw new DomainError(
      "invalid_input",
      "Nothing was proposed: one of the findings is none of the plan that this one would finish.",
      { fields: { findingIds: "Only findings of the plan that it follows." } },
    );
  }
}
