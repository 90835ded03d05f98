import { and, asc, desc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { AlertChannel, AlertSample, ChannelOutcome } from "#lib/audit/alerts/model.ts";
import { readMatch } from "#lib/audit/alerts/read-rule.ts";
import type { Scope } from "#lib/auth/scope.ts";
import { DomainError } from "#lib/errors.ts";
import type { Store } from "../client.ts";
import { users } from "../identity/schema.ts";
import type { AlertPage, AlertRuleView, ChannelView } from "./alert-model.ts";
import { auditAlertRules, auditAlerts } from "./schema.ts";
import { requireTrail } from "./where.ts";

/** The organisation's alert rules, by name. */
export async function listAlertRules(db: Store, scope: Scope): Promise<AlertRuleView[]> {
  requireTrail(scope);
  const rows = await db
    .select()
    .from(auditAlertRules)
    .where(eq(auditAlertRules.organisationId, scope.organisationId))
    .orderBy(asc(sql`lower(${auditAlertRules.name})`), asc(auditAlertRules.id));
  const rules = rows.map((row) => ({ ...row, channels: row.channels as AlertChannel[] }));
  const people = await readPeople(db, scope, [
    ...rules.map(({ createdBy }) => createdBy),
    ...rules.flatMap(({ channels }) =>
      channels.flatMap((channel) => (channel.kind === "email" ? channel.userIds : [])),
    ),
  ]);
  const now = Date.now();
  return rules.map((rule) => {
    const { id, name, threshold, windowMinutes, cooldownMinutes, enabled, revision, lastFiredAt } = rule;
    const silentUntil = (lastFiredAt?.getTime() ?? 0) + cooldownMinutes * 60_000;
    return {
      ...{ id, name, threshold, windowMinutes, cooldownMinutes, enabled, revision },
      match: readMatch(rule.match),
      channels: rule.channels.map((channel) => viewOf(channel, people)),
      lastFiredAt: lastFiredAt?.toISOString() ?? null,
      silentUntil: silentUntil > now ? new Date(silentUntil).toISOString() : null,
      createdBy: { id: rule.createdBy, name: people.get(rule.createdBy)?.name ?? rule.createdBy },
      createdAt: rule.createdAt.toISOString(),
    };
  });
}

/** One rule. Throws a DomainError (`not_found`). */
export async function getAlertRule(db: Store, scope: Scope, ruleId: string): Promise<AlertRuleView> {
  const rule = (await listAlertRules(db, scope)).find(({ id }) => id === ruleId);
  if (!rule) throw new DomainError("not_found", "There is no such rule.");
  return rule;
}

/** Alerts that were raised, newest first. */
export async function listAlerts(
  db: Store,
  scope: Scope,
  page: { limit?: number; after?: string } = {},
): Promise<AlertPage> {
  requireTrail(scope);
  const limit = page.limit ?? 50;
  const rows = await db
    .select()
    .from(auditAlerts)
    .where(
      and(
        eq(auditAlerts.organisationId, scope.organisationId),
        page.after === undefined ? undefined : below(page.after),
      ),
    )
    .orderBy(desc(auditAlerts.at), desc(auditAlerts.id))
    .limit(limit + 1);
  const shown = rows.slice(0, limit).map((row) => ({
    ...row,
    samples: row.samples as AlertSample[],
    outcomes: row.outcomes as ChannelOutcome[],
  }));
  const last = rows.length > limit ? shown.at(-1) : undefined;
  const people = await readPeople(db, scope, [
    ...shown.flatMap(({ samples }) => samples.map(({ actor }) => actor.id)),
    ...shown.flatMap(({ outcomes }) => outcomes.map(({ to }) => to)),
  ]);
  const nameOf = (id: string) => people.get(id)?.name ?? id;
  return {
    alerts: shown.map(({ id, ruleId, name, count, threshold, windowMinutes, at, samples, outcomes }) => ({
      ...{ id, ruleId, name, count, threshold, windowMinutes, at: at.toISOString() },
      samples: samples.map((sample) => ({ ...sample, actorName: nameOf(sample.actor.id) })),
      outcomes: outcomes.map((outcome) => ({ ...outcome, name: nameOf(outcome.to) })),
    })),
    next: last ? `${last.at.toISOString()}~${last.id}` : null,
  };
}

/** Whom a rule can tell by e-mail: who can sign in, by name. */
export async function listAlertPeople(db: Store, scope: Scope): Promise<{ id: string; name: string }[]> {
  requireTrail(scope);
  return db
    .select({ id: users.id, name: users.name })
    .from(users)
    .where(and(eq(users.organisationId, scope.organisationId), isNull(users.disabledAt)))
    .orderBy(asc(sql`lower(${users.name})`), asc(users.id));
}

function below(cursor: string) {
  const [, at, id] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)~(alt_[0-9a-f]{28})$/.exec(cursor) ?? [];
  if (!at || !id) throw new DomainError("invalid_input", "This is no place in the list.");
  return sql`(${auditAlerts.at}, ${auditAlerts.id}) < (${at}::timestamptz, ${id})`;
}

type People = ReadonlyMap<string, { name: string; active: boolean }>;

function viewOf(channel: AlertChannel, people: People): ChannelView {
  const { id } = channel;
  switch (channel.kind) {
    case "email":
      return {
        ...{ id, kind: channel.kind },
        people: channel.userIds.map((userId) => {
          const { name = userId, active = false } = people.get(userId) ?? {};
          return { id: userId, name, active };
        }),
      };
    case "script":
      return { id, kind: channel.kind, script: channel.script, arguments: channel.arguments };
    case "custom":
      return { id, kind: channel.kind, handler: channel.handler };
    default:
      return { id, kind: channel.kind, host: channel.host };
  }
}

async function readPeople(db: Store, scope: Scope, ids: readonly string[]): Promise<People> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ id: users.id, name: users.name, disabledAt: users.disabledAt })
    .from(users)
    .where(and(eq(users.organisationId, scope.organisationId), inArray(users.id, [...new Set(ids)])));
  return new Map(rows.map(({ id, name, disabledAt }) => [id, { name, active: disabledAt === null }]));
}
