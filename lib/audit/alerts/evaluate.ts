import { and, desc, eq, gte, inArray, lt, type SQL, sql } from "drizzle-orm";
import { auditAlertRules, auditAlerts, auditEntries } from "#db/audit/schema.ts";
import type { Database, Transaction } from "#db/client.ts";
import { newId } from "#db/columns.ts";
import { Scope } from "../../auth/scope.ts";
import { enqueue } from "../../jobs/queue.ts";
import { appendAudit } from "../append.ts";
import { whereMatches } from "../match.ts";
import {
  type AlertChannel,
  type AlertMatch,
  type AlertSample,
  type ChannelOutcome,
  keptAlertDays,
  mostSamples,
} from "./model.ts";
import { readMatch } from "./read-rule.ts";

type Rule = typeof auditAlertRules.$inferSelect;

/**
 * Looks at every rule, and raises an alert for each whose threshold was reached. After an alert the rule is silent for its
 * cooldown, and what was counted for one alert isn't counted for another.
 */
export async function performAlerts(db: Database, now: Date, signal?: AbortSignal): Promise<void> {
  const rules = await db
    .select({ id: auditAlertRules.id })
    .from(auditAlertRules)
    .where(eq(auditAlertRules.enabled, true))
    .orderBy(auditAlertRules.id);
  const failed: unknown[] = [];
  for (const { id } of rules) {
    signal?.throwIfAborted();
    // One that can't be judged keeps nothing from the others.
    await db.transaction((tx) => judgeRule(tx, id, now)).catch((error: unknown) => failed.push(error));
  }
  const before = new Date(now.getTime() - keptAlertDays * 86_400_000);
  await db.delete(auditAlerts).where(lt(auditAlerts.at, before));
  if (failed.length > 0) throw new AggregateError(failed, "One or more rules could not be judged.");
}

async function judgeRule(tx: Transaction, ruleId: string, now: Date): Promise<void> {
  const [rule] = await tx
    .select()
    .from(auditAlertRules)
    .where(and(eq(auditAlertRules.id, ruleId), auditAlertRules.enabled))
    .for("update", { skipLocked: true });
  if (!rule || isCooling(rule, now)) return;
  const where = counted(rule, now);
  const [{ count } = { count: 0 }] = await tx
    .select({ count: sql<number>`count(*)::int` })
    .from(auditEntries)
    .where(where);
  if (count < rule.threshold) return;
  await raise(tx, rule, count, await readSamples(tx, where), now);
}

const isCooling = ({ lastFiredAt, cooldownMinutes }: Rule, now: Date): boolean =>
  lastFiredAt !== null && now.getTime() < lastFiredAt.getTime() + cooldownMinutes * 60_000;

/** What goes wrong with telling people of alerts is left out: it would raise the next one. */
function counted({ organisationId, match, windowMinutes, lastFiredAt }: Rule, now: Date): SQL | undefined {
  const begin = now.getTime() - windowMinutes * 60_000;
  const from = new Date(Math.max(begin, lastFiredAt?.getTime() ?? 0));
  const { results, ...rest }: AlertMatch = readMatch(match);
  return and(
    eq(auditEntries.organisationId, organisationId),
    // In the words of the index on what went wrong.
    sql`${auditEntries.result} <> 'done'`,
    gte(auditEntries.at, from),
    // What has the moment of the alert itself is the next one's, or it would be counted for both.
    lt(auditEntries.at, now),
    inArray(auditEntries.result, results),
    whereMatches({ ...rest, results: [] }),
    sql`not (${auditEntries.actorKind} = 'system' and ${auditEntries.objectKind} in ('alert', 'alert_rule'))`,
  );
}

async function readSamples(tx: Transaction, where: SQL | undefined): Promise<AlertSample[]> {
  const rows = await tx
    .select()
    .from(auditEntries)
    .where(where)
    .orderBy(desc(auditEntries.at), desc(auditEntries.id))
    .limit(mostSamples);
  return rows.map(({ entryId, at, action, result, actorKind, actorId, objectKind, objectId }) => ({
    ...{ entryId, at: at.toISOString(), action, result },
    actor: { kind: actorKind, id: actorId },
    object: { kind: objectKind, id: objectId },
  }));
}

async function raise(
  tx: Transaction,
  rule: Rule,
  count: number,
  samples: AlertSample[],
  now: Date,
): Promise<void> {
  const { organisationId, name, threshold, windowMinutes } = rule;
  const channels = rule.channels as AlertChannel[];
  const outcomes = channels.flatMap((channel) => outcomesOf(channel, now));
  const alertId = newId("alt");
  await tx.insert(auditAlerts).values({
    ...{ id: alertId, organisationId, ruleId: rule.id, name, count, threshold, windowMinutes },
    ...{ samples, outcomes, at: now },
  });
  await tx.update(auditAlertRules).set({ lastFiredAt: now }).where(eq(auditAlertRules.id, rule.id));
  await enqueue(
    tx,
    "audit-alert-tell",
    outcomes.map(({ key }) => ({ data: { alertId, key }, key: `${alertId}:${key}` })),
  );
  await appendAudit(tx, Scope.ofSystem(organisationId, "alerts"), {
    action: "alert.raise",
    object: { kind: "alert", id: alertId },
    after: {
      ...{ rule: rule.id, name, count, threshold, windowMinutes },
      channels: channels.map(({ kind }) => kind),
    },
  });
}

/** One for each that is told by itself: a mail server that refuses one of five people has told the other four. */
export function outcomesOf(channel: AlertChannel, now: Date): ChannelOutcome[] {
  const blank = { state: "waiting", attempts: 0, error: null, at: now.toISOString() } as const;
  const { id, kind } = channel;
  if (kind === "email") {
    return channel.userIds.map((userId) => ({ key: `${id}:${userId}`, kind, to: userId, ...blank }));
  }
  const to = kind === "script" ? channel.script : kind === "custom" ? channel.handler : channel.host;
  return [{ key: id, kind, to, ...blank }];
}
