import { eq, inArray } from "drizzle-orm";
import { auditAlerts } from "#db/audit/schema.ts";
import type { Store } from "#db/client.ts";
import { organisations, users } from "#db/identity/schema.ts";
import { env } from "../../env.ts";
import type { AlertNotice, AlertSample, ChannelOutcome } from "./model.ts";

export type AlertRow = Omit<typeof auditAlerts.$inferSelect, "samples" | "outcomes"> & {
  samples: AlertSample[];
  outcomes: ChannelOutcome[];
};

/** An alert as it is stored; null when there is none by this id. */
export async function readAlert(db: Store, alertId: string): Promise<AlertRow | null> {
  const [row] = await db.select().from(auditAlerts).where(eq(auditAlerts.id, alertId));
  return row
    ? {
        ...row,
        samples: row.samples as AlertSample[],
        outcomes: row.outcomes as ChannelOutcome[],
      }
    : null;
}

/** What channels tell of an alert, with names as they are now. */
export async function noticeOf(
  db: Store,
  alert: Pick<
    AlertRow,
    "id" | "organisationId" | "name" | "count" | "threshold" | "windowMinutes" | "at" | "samples"
  > & { ruleId: string; test: boolean },
): Promise<AlertNotice> {
  const { id, organisationId, name, count, threshold, windowMinutes, at, samples, test } = alert;
  const people = samples.flatMap(({ actor }) => (actor.kind === "user" ? [actor.id] : []));
  const names = new Map(
    people.length > 0
      ? (
          await db.select({ id: users.id, name: users.name }).from(users).where(inArray(users.id, people))
        ).map((user) => [user.id, user.name] as const)
      : [],
  );
  const [organisation] = await db
    .select({ id: organisations.id, name: organisations.name })
    .from(organisations)
    .where(eq(organisations.id, organisationId));
  return {
    ...{ id, count, threshold, windowMinutes, at: at.toISOString(), test },
    rule: { id: alert.ruleId, name },
    organisation: organisation ?? { id: organisationId, name: "" },
    url: `${env().authUrl}/audit`,
    samples: samples.map((sample) => ({
      ...sample,
      actorName: names.get(sample.actor.id) ?? sample.actor.id,
    })),
  };
}

/** `12 acts failed or were refused within 10 minutes.` */
export function sayAlert({ count, windowMinutes, test }: AlertNotice): string {
  if (test) return "This is a test: nothing happened, and this channel works.";
  const acts = count === 1 ? "1 act" : `${count.toLocaleString("en")} acts`;
  return `${acts} failed or ${count === 1 ? "was" : "were"} refused within ${sayMinutes(windowMinutes)}.`;
}

/** `10 minutes`, `2 hours`, `1 day`. */
export function sayMinutes(minutes: number): string {
  const [amount, unit] =
    minutes % 1_440 === 0
      ? [minutes / 1_440, "day"]
      : minutes % 60 === 0
        ? [minutes / 60, "hour"]
        : [minutes, "minute"];
  return `${amount} ${unit}${amount === 1 ? "" : "s"}`;
}

/** `user.invite on user usr_1: refused, Maria, 10:42 UTC` */
export const saySample = ({
  action,
  object,
  result,
  actorName,
  at,
}: AlertNotice["samples"][number]): string =>
  `${action} on ${object.kind} ${object.id}: ${result}, ${actorName}, ${at.slice(11, 16)} UTC`;
