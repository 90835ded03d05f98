import { sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import type { CallRecord, Json, PlannedAction, PlannedTarget } from "../model.ts";
import type { PlanRef } from "./record.ts";

/** A step in the hands of one attempt, until a later attempt takes it. */
export type ClaimedStep = {
  id: string;
  planId: string;
  targetId: string;
  organisationId: string;
  accountId: string;
  correlationId: string;
  ordinal: number;
  /** Numbers the attempts at the step, the way back's included: what an older one writes is refused. */
  attempt: number;
  /** The image stored by an earlier attempt; null for none. */
  before: Json;
  after: Json;
  calls: CallRecord[];
  rollbackCalls: CallRecord[];
  /** Why the step failed, or what an earlier attempt stumbled over. */
  error: string | null;
  /** The plan's state. */
  planState: string;
  /** Names this going-back among several; empty while nobody has asked for one. */
  round: string;
  target: PlannedTarget;
  action: PlannedAction;
};

export const planOf = ({ planId, organisationId, correlationId }: ClaimedStep): PlanRef => ({
  id: planId,
  organisationId,
  correlationId,
});

type Row = Omit<ClaimedStep, "action"> & { actionId: string };

const claimed = sql`
  s.id, s.plan_id as "planId", s.target_id as "targetId", s.organisation_id as "organisationId",
  t.account_id as "accountId", p.correlation_id as "correlationId", s.ordinal, s.attempts as attempt, s.before, s.after,
  s.calls, s.rollback_calls as "rollbackCalls", s.error, p.state as "planState", s.action as "actionId",
  coalesce(extract(epoch from p.rollback_at)::text, '') as round,
  (select d from jsonb_array_elements(p.document -> 'targets') d where d ->> 'resourceId' = t.resource_id) as target`;

const notFrozen = sql`not exists (
  select from remediation_settings x where x.organisation_id = p.organisation_id and x.frozen_at is not null)`;

/**
 * Takes a step to carry it out, also from a worker that died with it: the queue decides that. Null when there is nothing
 * to do: it is over, an earlier one isn't, or everything is frozen, in which case it waits as it is.
 */
export async function claimForward(
  db: Database,
  stepId: string,
  workerId: string,
): Promise<ClaimedStep | null> {
  const [row] = await db.execute<Row>(sql`
    update remediation_steps s set state = 'running', worker_id = ${workerId}, attempts = s.attempts + 1,
      started_at = coalesce(s.started_at, now())
    from remediation_targets t, remediation_plans p
    where s.id = ${stepId} and s.state in ('waiting', 'running') and t.id = s.target_id and t.state = 'running'
      and p.id = s.plan_id and p.state = 'running' and ${notFrozen}
      and not exists (
        select from remediation_steps e
        where e.target_id = s.target_id and e.ordinal < s.ordinal and e.state not in ('applied', 'skipped'))
    returning ${claimed}
  `);
  return row ? withAction(row) : null;
}

/** Takes a step to undo it; null as above. */
export async function claimBackward(
  db: Database,
  stepId: string,
  workerId: string,
): Promise<ClaimedStep | null> {
  const [row] = await db.execute<Row>(sql`
    update remediation_steps s set state = 'rolling_back', worker_id = ${workerId}, attempts = s.attempts + 1
    from remediation_targets t, remediation_plans p
    where s.id = ${stepId} and s.state in ('applied', 'failed', 'rolling_back') and t.id = s.target_id
      and t.state = 'rolling_back' and p.id = s.plan_id and p.state in ('running', 'rolling_back') and ${notFrozen}
      and not exists (
        select from remediation_steps l
        where l.target_id = s.target_id and l.ordinal > s.ordinal and l.state in ('applied', 'rolling_back'))
    returning ${claimed}
  `);
  return row ? withAction(row) : null;
}

function withAction({ actionId, ...row }: Row): ClaimedStep {
  const action = row.target?.actions[row.ordinal];
  if (action?.action !== actionId) throw new Error(`The plan of step ${row.id} doesn't hold its action.`);
  // What was approved says which account is changed; the rows beside it only say how far that is.
  if (row.target?.accountId !== row.accountId) throw new Error(`Step ${row.id} is of another account.`);
  return { ...row, action };
}

/** Another attempt has the step, or somebody ended it. What this one would write must not count. */
export class StepSuperseded extends Error {
  override readonly name = "StepSuperseded";
}
