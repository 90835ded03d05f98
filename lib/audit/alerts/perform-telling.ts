import { eq, sql } from "drizzle-orm";
import { auditAlertRules, auditAlerts } from "#db/audit/schema.ts";
import type { Database, Transaction } from "#db/client.ts";
import { Scope } from "../../auth/scope.ts";
import { appendAudit } from "../append.ts";
import { type TellContext, tell } from "./channels/tell.ts";
import type { AlertChannel, ChannelOutcome } from "./model.ts";
import { noticeOf, readAlert } from "./notice.ts";

/** Somebody who could not be told, which is tried again. */
export class TellingFailed extends Error {
  override readonly name = "TellingFailed";
  constructor(message: string) {
    super(message);
    // It is no bug of ours, and a log is read more easily without where it was thrown.
    this.stack = `${this.name}: ${message}`;
  }
}

export type TellingOptions = Partial<Pick<TellContext, "signal" | "timeoutMs" | "allowLoopback">>;

/**
 * Tells one channel of an alert, or one of its people. Throws `TellingFailed` for what is worth another attempt, which the
 * queue makes with back-off for a day.
 */
export async function performTelling(
  db: Database,
  { alertId, key }: { alertId: string; key: string },
  options: TellingOptions = {},
): Promise<void> {
  const alert = await readAlert(db, alertId);
  const outcome = alert?.outcomes.find((each) => each.key === key);
  if (!alert || !outcome || outcome.state === "told" || outcome.state === "failed") return;
  const [channelId, userId = null] = key.split(":");
  const rule = await readRule(db, alert.ruleId);
  const channel = rule?.channels.find(({ id }) => id === channelId);
  if (!rule || !channel) {
    const error = "The rule was changed or deleted before this could be told.";
    return fail(db, alert.organisationId, alertId, key, error);
  }
  const notice = await noticeOf(db, { ...alert, ruleId: rule.id, test: false });
  const told = await tell(channel, notice, {
    ...{ db, organisationId: alert.organisationId, ruleId: rule.id, userId },
    signal: options.signal ?? new AbortController().signal,
    begun: outcome.state === "begun",
    begin: () => note(db, alertId, key, { state: "begun" }),
    ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }),
    ...(options.allowLoopback === undefined ? {} : { allowLoopback: options.allowLoopback }),
  });
  if (told.outcome === "told") return note(db, alertId, key, { state: "told", error: null, tried: true });
  if (told.outcome === "refused") {
    return fail(db, alert.organisationId, alertId, key, told.error, true);
  }
  await note(db, alertId, key, { state: "waiting", error: told.error, tried: true });
  throw new TellingFailed(told.error);
}

/** Every attempt of the queue's failed: what the last one was told stays with it. */
export async function giveUpTelling(
  db: Database,
  { alertId, key }: { alertId: string; key: string },
): Promise<void> {
  const alert = await readAlert(db, alertId);
  const outcome = alert?.outcomes.find((each) => each.key === key);
  if (!alert || !outcome || outcome.state === "told" || outcome.state === "failed") return;
  const error = outcome.error ?? "Every attempt failed; the worker's log says why.";
  await fail(db, alert.organisationId, alertId, key, error);
}

async function readRule(db: Database, ruleId: string | null) {
  if (!ruleId) return null;
  const [rule] = await db
    .select({ id: auditAlertRules.id, channels: auditAlertRules.channels })
    .from(auditAlertRules)
    .where(eq(auditAlertRules.id, ruleId));
  return rule ? { id: rule.id, channels: rule.channels as AlertChannel[] } : null;
}

type Change = Partial<Pick<ChannelOutcome, "state" | "error">> & { tried?: boolean };

/** Writes down what became of one of an alert's outcomes, of which several are told at the same time. */
async function change(
  tx: Transaction,
  alertId: string,
  key: string,
  { tried = false, ...changed }: Change,
): Promise<ChannelOutcome | null> {
  const [row] = await tx
    .select({ outcomes: auditAlerts.outcomes })
    .from(auditAlerts)
    .where(eq(auditAlerts.id, alertId))
    .for("update");
  const outcomes = (row?.outcomes ?? []) as ChannelOutcome[];
  const next = outcomes.map((each) =>
    each.key === key
      ? { ...each, ...changed, attempts: each.attempts + (tried ? 1 : 0), at: new Date().toISOString() }
      : each,
  );
  await tx
    .update(auditAlerts)
    .set({ outcomes: sql`${JSON.stringify(next)}::jsonb` })
    .where(eq(auditAlerts.id, alertId));
  return next.find((each) => each.key === key) ?? null;
}

const note = async (db: Database, alertId: string, key: string, changed: Change): Promise<void> => {
  await db.transaction((tx) => change(tx, alertId, key, changed));
};

async function fail(
  db: Database,
  organisationId: string,
  alertId: string,
  key: string,
  error: string,
  tried = false,
): Promise<void> {
  await db.transaction(async (tx) => {
    const ended = await change(tx, alertId, key, { state: "failed", error, tried });
    if (!ended) return;
    await appendAudit(tx, Scope.ofSystem(organisationId, "alerts"), {
      action: "alert.fail",
      object: { kind: "alert", id: alertId },
      result: "failed",
      after: { channel: ended.kind, to: ended.to, attempts: ended.attempts, error },
    });
  });
}
