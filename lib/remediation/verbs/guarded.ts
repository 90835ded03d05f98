import postgres from "postgres";
import type { z } from "zod";
import { DomainError } from "../../errors.ts";
import { retryDeadlocks } from "../../findings/triage/retry-deadlocks.ts";
import type { Mutation } from "../../mutation.ts";

/**
 * A mutation of plans, with what the database itself refuses said in words: its triggers and constraints are the last to
 * look, after the mutation has looked itself. Repeats one that another's transaction got in the way of.
 */
export function guarded<I extends z.ZodType, R>(mutation: Mutation<I, R>): Mutation<I, R> {
  const repeated = retryDeadlocks(mutation);
  const mutate = (...given: Parameters<Mutation<I, R>>): Promise<R> =>
    repeated(...given).catch((error: unknown) => {
      throw refusalOf(error) ?? error;
    });
  return Object.assign(mutate, { permission: mutation.permission, input: mutation.input });
}

const constraints: Readonly<Record<string, () => DomainError>> = {
  remediation_approvals_four_eyes: () =>
    new DomainError("forbidden", "You asked for this yourself, so somebody else has to decide on it."),
  remediation_approvals_plan_id_user_id_pk: () =>
    new DomainError("conflict", "Nothing was changed: you have decided on this already."),
  remediation_approvals_plan: () =>
    new DomainError("conflict", "Nothing was changed: this is not the plan that waits for a decision."),
  remediation_plans_submitted: () =>
    new DomainError("conflict", "Nothing was changed: the plan is not ready yet."),
  custom_playbooks_current: () =>
    new DomainError("conflict", "Nothing was saved: somebody else has saved this playbook meanwhile."),
  custom_playbooks_version: () =>
    new DomainError("conflict", "Nothing was saved: somebody else has saved this playbook meanwhile."),
  auto_approvals_rule: () => new DomainError("conflict", "Nothing was changed: there is this rule already."),
};

/** The words for what the database refused; null for anything else. */
export function refusalOf(error: unknown): DomainError | null {
  if (error instanceof postgres.PostgresError) {
    const known = constraints[error.constraint_name ?? ""];
    if (known) return known();
    // What the triggers raise: their words are for people.
    if (error.code === "23000") return new DomainError("conflict", `Nothing was changed. ${error.message}`);
    return null;
  }
  return error instanceof Error && !(error instanceof DomainError) ? refusalOf(error.cause) : null;
}
