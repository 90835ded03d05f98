import { z } from "zod";
import { auditResults, deliveryStates } from "#db/audit/schema.ts";
import { channelKinds } from "../../audit/alerts/model.ts";
import { AlertMatchInput } from "../../audit/alerts/read-rule.ts";
import { EntryMatch } from "../../audit/match.ts";
import { Moment, Person } from "./common.ts";

const count = z.int();
const Thing = z.object({ kind: z.string(), id: z.string() });

/** A webhook that the audit trail is streamed to. */
export const Stream = z
  .object({
    ...{ id: z.string(), name: z.string() },
    url: z.string().describe("Without what comes after the host, for those who can't manage it."),
    filter: z.object(EntryMatch.shape),
    enabled: z.boolean(),
    revision: count,
    createdBy: Person,
    createdAt: Moment,
    failingSince: Moment.nullable().describe("Since when no delivery goes through."),
    position: count.describe("Entries below this position of the trail have been queued."),
    sealed: count.describe("So many entries are sealed."),
    counts: z.object({ queued: count, delivered: count, dead: count }),
    lastDeliveredAt: Moment.nullable(),
  })
  .meta({ id: "AuditStream" });

export const Delivery = z
  .object({
    ...{ id: z.string(), entryId: z.string() },
    action: z.string().nullable().describe("Null when the entry has left the database."),
    object: Thing.nullable(),
    entryAt: Moment,
    position: count,
    state: z.enum(deliveryStates),
    attempts: count,
    status: count.nullable(),
    error: z.string().nullable(),
    createdAt: Moment,
    endedAt: Moment.nullable(),
  })
  .meta({ id: "AuditDelivery" });

const Channel = z.discriminatedUnion("kind", [
  z.object({
    ...{ id: z.string(), kind: z.literal("email") },
    people: z.array(z.object({ id: z.string(), name: z.string(), active: z.boolean() })),
  }),
  z.object({ id: z.string(), kind: z.enum(["slack", "discord", "webhook"]), host: z.string() }),
  z.object({
    ...{ id: z.string(), kind: z.literal("script"), script: z.string() },
    arguments: z.array(z.string()),
  }),
  z.object({ id: z.string(), kind: z.literal("custom"), handler: z.string() }),
]);

/** When people are told that much goes wrong. */
export const AlertRule = z
  .object({
    ...{ id: z.string(), name: z.string() },
    match: z.object(AlertMatchInput.shape),
    ...{ threshold: count, windowMinutes: count, cooldownMinutes: count },
    channels: z.array(Channel),
    enabled: z.boolean(),
    lastFiredAt: Moment.nullable(),
    silentUntil: Moment.nullable(),
    revision: count,
    createdBy: Person,
    createdAt: Moment,
  })
  .meta({ id: "AuditAlertRule" });

export const Alert = z
  .object({
    id: z.string(),
    ruleId: z.string().nullable().describe("Null once the rule was deleted."),
    name: z.string(),
    ...{ count, threshold: count, windowMinutes: count, at: Moment },
    samples: z.array(
      z.object({
        ...{ entryId: z.string(), at: Moment, action: z.string(), result: z.enum(auditResults) },
        actor: z.object({ kind: z.enum(["user", "system"]), id: z.string() }),
        object: Thing,
        actorName: z.string(),
      }),
    ),
    outcomes: z.array(
      z.object({
        ...{ key: z.string(), kind: z.enum(channelKinds), to: z.string(), name: z.string() },
        state: z.enum(["waiting", "begun", "told", "failed"]),
        ...{ attempts: count, error: z.string().nullable(), at: Moment },
      }),
    ),
  })
  .meta({ id: "AuditAlert" });
