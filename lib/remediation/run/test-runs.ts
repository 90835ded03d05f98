import { eq, sql } from "drizzle-orm";
import { createUser } from "#db/factories.ts";
import { remediationPlans } from "#db/remediation/schema.ts";
import { Scope } from "../../auth/scope.ts";
import type { TestCloud } from "../../scans/test-cloud.ts";
import type { PlanDocument, PlanState } from "../model.ts";
import { createPlan } from "../verbs/create-plan.ts";
import { decidePlan } from "../verbs/decide-plan.ts";
import { submitPlan } from "../verbs/submit-plan.ts";

/*
 * For tests alone: plans carried out for real against the sandbox cloud.
 */

export type Runs = {
  analyst: Scope;
  manager: Scope;
  /** Ids of open findings of a check, by the resource's name, in an account by its name. */
  findings(checkId: string, names: readonly string[], account?: string): Promise<string[]>;
  /** Proposes, and waits until it is planned. */
  propose(
    playbook: string,
    findingIds: readonly string[],
    parameters?: Record<string, unknown>,
  ): Promise<PlanRow>;
  /** Proposes, submits and approves; it begins by itself unless `wait`. */
  approved(
    playbook: string,
    findingIds: readonly string[],
    options?: { wait?: boolean; parameters?: Record<string, unknown> },
  ): Promise<PlanRow>;
  /** Approves a planned draft. */
  approve(plan: PlanRow, options?: { wait?: boolean }): Promise<void>;
  plan(planId: string): Promise<PlanRow>;
  /** Waits for one of the states. */
  reaches(planId: string, ...states: PlanState[]): Promise<PlanRow>;
  targets(planId: string): Promise<TargetRow[]>;
  steps(planId: string): Promise<StepRow[]>;
};

export type PlanRow = typeof remediationPlans.$inferSelect;
export type TargetRow = {
  name: string;
  state: string;
  verdicts: Record<string, string> | null;
  error: string | null;
};
export type StepRow = {
  id: string;
  name: string;
  state: string;
  attempts: number;
  error: string | null;
  /** Calls that were made, and those of the way back. */
  calls: string[];
  rollbackCalls: string[];
};

export async function createRuns(cloud: TestCloud): Promise<Runs> {
  const { db } = cloud.database;
  const { organisationId } = cloud.scope;
  const analyst = Scope.ofUser(await createUser(db, { organisationId, role: "analyst" }));
  const manager = Scope.ofUser(await createUser(db, { organisationId, role: "manager" }));

  const plan: Runs["plan"] = async (planId) => {
    const [row] = await db.select().from(remediationPlans).where(eq(remediationPlans.id, planId));
    if (!row) throw new Error("The plan is gone.");
    return row;
  };
  const reaches: Runs["reaches"] = async (planId, ...states) => {
    const wanted = sql.join(
      states.map((state) => sql`${state}`),
      sql`, `,
    );
    await cloud.until(sql`select state in (${wanted}) from remediation_plans where id = ${planId}`);
    return plan(planId);
  };
  const propose: Runs["propose"] = async (playbook, findingIds, parameters = {}) => {
    const reason = "It is open to everyone.";
    const { planId } = await createPlan(db, analyst, {
      playbook,
      findingIds: [...findingIds],
      parameters,
      reason,
    });
    await cloud.until(sql`select planned_at is not null from remediation_plans where id = ${planId}`);
    return plan(planId);
  };
  const approve: Runs["approve"] = async ({ id: planId, hash, error, revision }, { wait = false } = {}) => {
    if (error !== null || hash === null) throw new Error(`It could not be planned: ${error}`);
    await submitPlan(db, analyst, { planId, revision, runWhenApproved: !wait });
    await decidePlan(db, manager, { planId, hash, decision: "approve" });
  };
  return {
    analyst,
    manager,
    plan,
    reaches,
    propose,
    approve,
    approved: async (playbook, findingIds, { wait = false, parameters = {} } = {}) => {
      const draft = await propose(playbook, findingIds, parameters);
      await approve(draft, { wait });
      return plan(draft.id);
    },
    findings: async (checkId, names, account) => {
      const rows = await db.execute<{ id: string; name: string }>(sql`
        select f.id, r.name from findings f join resources r on r.id = f.resource_id join accounts a on a.id = f.account_id
        where f.check_id = ${checkId} and f.status = 'open' and f.organisation_id = ${organisationId}
          and (${account ?? null}::text is null or a.name = ${account ?? null}) order by r.name
      `);
      return names.map((name) => {
        const row = rows.find((each) => each.name === name);
        if (!row)
          throw new Error(
            `There is no such finding of ${name}; there are: ${rows.map((r) => r.name).join(", ")}`,
          );
        return row.id;
      });
    },
    targets: async (planId) => [
      ...(await db.execute<TargetRow>(sql`
        select name, state, verdicts, error from remediation_targets where plan_id = ${planId} order by name
      `)),
    ],
    steps: async (planId) => [
      ...(await db.execute<StepRow>(sql`
        select s.id, t.name, s.state, s.attempts, s.error,
          array(select c ->> 'api' from jsonb_array_elements(s.calls) c where c ->> 'endedAt' is not null
            and c ->> 'error' is null) as calls,
          array(select c ->> 'api' from jsonb_array_elements(s.rollback_calls) c where c ->> 'endedAt' is not null
            and c ->> 'error' is null) as "rollbackCalls"
        from remediation_steps s join remediation_targets t on t.id = s.target_id
        where s.plan_id = ${planId} order by t.name, s.ordinal
      `)),
    ],
  };
}

export const documentOf = ({ document }: PlanRow): PlanDocument => {
  if (!document) throw new Error("It isn't planned yet.");
  return document;
};
