import { sql } from "drizzle-orm";
import type { Database, Transaction } from "#db/client.ts";
import { texts } from "#db/remediation/visible.ts";
import { tell } from "../../findings/triage/tell.ts";
import { enqueue } from "../../jobs/queue.ts";
import { queueMails } from "../../mail/queue-mails.ts";
import { advancePlan, enqueueBackward, enqueueSteps } from "./advance-plan.ts";
import { beginPlan } from "./begin-plan.ts";
import { addEvents, appendOwn, holdPlanRow, type PlanRef } from "./record.ts";
import { startVerification } from "./start-verification.ts";

/**
 * What time and switches bring: plans expire, approved ones begin when freeze and change windows let them, those under way
 * go on, secrets that nobody collected are destroyed. Plan by plan, so that one that fails keeps no other waiting: the
 * failures are thrown together at the end.
 */
export async function performTick(db: Database, signal: AbortSignal): Promise<void> {
  const failures: unknown[] = [];
  const eachOf = async (ids: readonly string[], act: (tx: Transaction, id: string) => Promise<unknown>) => {
    for (const id of ids) {
      signal.throwIfAborted();
      await db.transaction((tx) => act(tx, id)).catch((error: unknown) => failures.push(error));
    }
  };
  await eachOf(
    await idsOf(db, sql`state in ('awaiting_approval', 'approved') and expires_at <= now()`),
    expirePlan,
  );
  await eachOf(
    await idsOf(db, sql`state = 'approved' and run_when_approved and expires_at > now()`),
    beginPlan,
  );
  await eachOf(await idsOf(db, sql`state in ('running', 'verifying', 'rolling_back')`), goOn);
  await eachOf(await secretsOverdue(db), destroySecret);
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} plans could not be moved on.`);
}

async function idsOf(db: Database, condition: ReturnType<typeof sql>): Promise<string[]> {
  const rows = await db.execute<{ id: string }>(
    sql`select id from remediation_plans where ${condition} order by submitted_at, id`,
  );
  return rows.map(({ id }) => id);
}

async function expirePlan(tx: Transaction, planId: string): Promise<void> {
  const [plan] = await tx.execute<PlanRef & { before: string; title: string; requestedBy: string }>(sql`
    update remediation_plans p set state = 'expired', finished_at = now(), revision = p.revision + 1
    from (select id, state from remediation_plans where id = ${planId} for no key update) o
    where p.id = o.id and p.state in ('awaiting_approval', 'approved') and p.expires_at <= now()
    returning p.id, p.organisation_id as "organisationId", p.correlation_id as "correlationId", o.state as before,
      p.title, p.requested_by as "requestedBy"
  `);
  if (!plan) return;
  await addEvents(tx, plan, [{ kind: "expired" }]);
  await appendOwn(tx, plan, {
    action: "remediation_plan.expire",
    object: { kind: "remediation_plan", id: planId },
    before: { state: plan.before },
    after: { state: "expired" },
  });
  await tell(tx, [plan.requestedBy], {
    ...{ organisationId: plan.organisationId, kind: "fix_ended", actorId: null, planId },
    excerpt: `Expired: ${plan.title}`,
  });
  await queueMails(tx, plan.organisationId, [plan.requestedBy], { kind: "plan_ended", planId });
}

/** Takes up what was held by a freeze or a change window, and what a job was lost of; of what is under way, nothing twice. */
async function goOn(tx: Transaction, planId: string): Promise<void> {
  const plan = await holdPlanRow(tx, planId);
  if (!plan) return;
  await advancePlan(tx, plan);
  const [{ frozen } = { frozen: false }] = await tx.execute<{ frozen: boolean }>(sql`
    select frozen_at is not null as frozen from remediation_settings where organisation_id = ${plan.organisationId}
  `);
  if (plan.state === "running" && !frozen) {
    await enqueueSteps(tx, texts(await targetsIn(tx, planId, "running")));
    await enqueueBackward(tx, texts(await targetsIn(tx, planId, "rolling_back")));
  }
  if (plan.state === "verifying" || plan.state === "rolling_back") {
    await enqueue(tx, "remediation-verify", [{ data: { planId } }]);
  }
  if (plan.state === "verifying") await startVerification(tx, plan);
}

async function targetsIn(tx: Transaction, planId: string, state: string): Promise<string[]> {
  const rows = await tx.execute<{ id: string }>(
    sql`select id from remediation_targets where plan_id = ${planId} and state = ${state}`,
  );
  return rows.map(({ id }) => id);
}

async function secretsOverdue(db: Database): Promise<string[]> {
  const rows = await db.execute<{ id: string }>(
    sql`select id from remediation_secrets where sealed is not null and expires_at <= now()`,
  );
  return rows.map(({ id }) => id);
}

async function destroySecret(tx: Transaction, secretId: string): Promise<void> {
  const [secret] = await tx.execute<PlanRef & { name: string }>(sql`
    update remediation_secrets c set sealed = null, key_id = null from remediation_plans p
    where c.id = ${secretId} and c.sealed is not null and c.expires_at <= now() and p.id = c.plan_id
    returning p.id, p.organisation_id as "organisationId", p.correlation_id as "correlationId", c.name
  `);
  if (!secret) return;
  await addEvents(tx, secret, [{ kind: "secret_destroyed", detail: { name: secret.name } }]);
  await appendOwn(tx, secret, {
    action: "remediation_secret.destroy",
    object: { kind: "remediation_plan", id: secret.id },
    after: { secretId, name: secret.name },
  });
}
