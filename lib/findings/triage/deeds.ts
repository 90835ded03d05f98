import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { workflows } from "#db/findings/schema.ts";
import { triageActs } from "#db/triage/schema.ts";

const until = z.string();
const exceptionId = z.string();

/** An act with what it sets, as `triage_changes` keeps the two: validated by the act's own schema. */
export const StoredChange = z.discriminatedUnion("act", [
  z.object({ act: z.literal("assign"), assigneeId: z.string().nullable() }),
  z.object({ act: z.literal("workflow"), workflow: z.enum(workflows) }),
  z.object({ act: z.literal("due"), dueAt: z.string().nullable() }),
  z.object({ act: z.literal("mute"), reason: z.string(), until, exceptionId }),
  z.object({ act: z.literal("unmute") }),
  z.object({ act: z.literal("ask_acceptance"), reason: z.string(), until, exceptionId }),
  z.object({ act: z.literal("accept_risk"), until, exceptionId }),
  z.object({ act: z.literal("revoke_acceptance") }),
  z.object({ act: z.literal("expire"), now: z.string() }),
  z.object({ act: z.literal("undo"), of: z.enum(triageActs), undoes: z.string() }),
]);
export type StoredChange = z.output<typeof StoredChange>;

/** What an act does to a finding, in SQL over `f`, the finding, and, to undo, `a`, what the undone change did to it. */
export type Deed = {
  /** The columns that it sets, as one JSON object. */
  image: SQL;
  set: SQL;
  /** Which findings it makes sense on, and really changes. */
  where: SQL;
  /** The change that is undone. */
  undoes?: string;
  /** The exception that the changed findings are of. */
  itemsOf?: string;
};

const instant = (column: SQL) => sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

const images = {
  assignee: sql`jsonb_build_object('assigneeId', f.assignee_id)`,
  workflow: sql`jsonb_build_object('workflow', f.workflow)`,
  due: sql`jsonb_build_object('dueAt', ${instant(sql`f.due_at`)}, 'dueByHand', f.due_by_hand)`,
  suppression: sql`jsonb_build_object('suppression', f.suppression, 'suppressedUntil',
    ${instant(sql`f.suppressed_until`)}, 'exceptionId', f.exception_id)`,
  exception: sql`jsonb_build_object('exceptionId', f.exception_id)`,
};

const policyDate = sql`sla_due(f.organisation_id, f.severity, f.opened_at)`;
const unsuppressed = sql`suppression = null, suppressed_until = null, exception_id = null`;

/** The SQL of an act. */
export function deedOf(change: StoredChange): Deed {
  switch (change.act) {
    case "assign":
      return {
        image: images.assignee,
        set: sql`assignee_id = ${change.assigneeId}`,
        where: sql`f.status = 'open' and f.assignee_id is distinct from ${change.assigneeId}::text
          and ${change.assigneeId === null ? sql`true` : canSee(sql`${change.assigneeId}`)}`,
      };
    case "workflow":
      return {
        image: images.workflow,
        set: sql`workflow = ${change.workflow}`,
        where: sql`f.status = 'open' and f.workflow <> ${change.workflow}`,
      };
    case "due":
      return change.dueAt === null
        ? {
            image: images.due,
            set: sql`due_at = ${policyDate}, due_by_hand = false`,
            where: sql`f.status = 'open' and f.due_by_hand`,
          }
        : {
            image: images.due,
            set: sql`due_at = ${change.dueAt}::timestamptz, due_by_hand = true`,
            where: sql`f.status = 'open'
              and (f.due_at, f.due_by_hand) is distinct from (${change.dueAt}::timestamptz, true)`,
          };
    case "mute":
      return {
        image: images.suppression,
        set: sql`suppression = 'muted', suppressed_until = ${change.until}::timestamptz,
          exception_id = ${change.exceptionId}`,
        // An accepted risk is no analyst's to hide again; the acceptance would have to be ended first.
        where: sql`f.status = 'open' and f.suppression is distinct from 'risk_accepted'`,
        itemsOf: change.exceptionId,
      };
    case "unmute":
      return { image: images.suppression, set: unsuppressed, where: sql`f.suppression = 'muted'` };
    case "ask_acceptance":
      return {
        image: images.exception,
        set: sql`exception_id = ${change.exceptionId}`,
        where: sql`f.status = 'open' and f.suppression is null and not exists (
          select from finding_exceptions e where e.id = f.exception_id and e.status = 'asked')`,
        itemsOf: change.exceptionId,
      };
    case "accept_risk":
      return {
        image: images.suppression,
        set: sql`suppression = 'risk_accepted', suppressed_until = ${change.until}::timestamptz`,
        // What was muted or asked for anew in the meantime is no longer what the manager was shown.
        where: sql`f.status = 'open' and f.suppression is null and f.exception_id = ${change.exceptionId}`,
      };
    case "revoke_acceptance":
      return { image: images.suppression, set: unsuppressed, where: sql`f.suppression = 'risk_accepted'` };
    case "expire":
      return {
        image: images.suppression,
        set: unsuppressed,
        where: sql`f.suppressed_until <= ${change.now}::timestamptz`,
      };
    case "undo":
      return undoingDeed(change.of, change.undoes);
  }
}

/** Puts back what the undone change found, where nobody has changed it since. */
function undoingDeed(act: (typeof triageActs)[number], undoes: string): Deed {
  const [image, set] = restoring(act);
  // Nobody is given work back who has gone, or can't see it any more.
  const assignable =
    act === "assign"
      ? sql`(a.before ->> 'assigneeId' is null or ${canSee(sql`(a.before ->> 'assigneeId')`)})`
      : sql`true`;
  return { image, set, where: sql`${image} = a.after and ${assignable}`, undoes };
}

function restoring(act: (typeof triageActs)[number]): [image: SQL, set: SQL] {
  if (act === "assign") return [images.assignee, sql`assignee_id = a.before ->> 'assigneeId'`];
  if (act === "workflow") return [images.workflow, sql`workflow = a.before ->> 'workflow'`];
  if (act === "due") {
    return [
      images.due,
      sql`due_by_hand = (a.before ->> 'dueByHand')::boolean, due_at = case when (a.before ->> 'dueByHand')::boolean
        then (a.before ->> 'dueAt')::timestamptz else ${policyDate} end`,
    ];
  }
  if (act === "ask_acceptance") return [images.exception, sql`exception_id = a.before ->> 'exceptionId'`];
  return [
    images.suppression,
    sql`suppression = a.before ->> 'suppression', exception_id = a.before ->> 'exceptionId',
      suppressed_until = (a.before ->> 'suppressedUntil')::timestamptz`,
  ];
}

/** That an enabled user of the finding's organisation sees its account. */
const canSee = (userId: SQL) => sql`exists (
  select from users u where u.id = ${userId} and u.organisation_id = f.organisation_id and u.disabled_at is null
    and (u.sees_all_accounts or exists (
      select from user_accounts v where v.user_id = u.id and v.account_id = f.account_id)))`;
