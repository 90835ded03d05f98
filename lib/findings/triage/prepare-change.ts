import { and, eq, isNull, sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { newId } from "#db/columns.ts";
import { users } from "#db/identity/schema.ts";
import { findingExceptions } from "#db/triage/schema.ts";
import { array } from "#lib/scans/store/merge.ts";
import type { Scope } from "../../auth/scope.ts";
import { DomainError } from "../../errors.ts";
import { type FindingChange, longestExceptionDays } from "../change-input.ts";
import type { HeldFinding } from "./choose.ts";
import type { StoredChange } from "./deeds.ts";

/**
 * Checks what is asked for by more than its form, and makes the exception of a mute or an acceptance asked for.
 *
 * @param named The findings, when they are few enough to be looked at.
 */
export async function prepareChange(
  tx: Transaction,
  scope: Scope,
  change: FindingChange,
  named: readonly HeldFinding[],
): Promise<StoredChange> {
  switch (change.act) {
    case "assign":
      await checkAssignee(tx, scope, change.assigneeId, named);
      return change;
    case "due":
      return {
        act: "due",
        dueAt: change.dueAt === null ? null : readMoment(change.dueAt, "dueAt").toISOString(),
      };
    case "mute":
    case "ask_acceptance": {
      const { act, reason } = change;
      const until = checkUntil(change.until);
      const exceptionId = await makeException(
        tx,
        scope,
        act === "mute" ? "muted" : "risk_accepted",
        reason,
        until,
      );
      return { act, reason, until: until.toISOString(), exceptionId };
    }
    default:
      return change;
  }
}

const refuse = (field: string, message: string): DomainError =>
  new DomainError("invalid_input", `Nothing was changed. ${message}`, { fields: { [field]: message } });

/** PostgreSQL's own years end far beyond these, and a date that far away is a slip. */
function readMoment(text: string, field: string): Date {
  const moment = new Date(text);
  const year = moment.getUTCFullYear();
  if (!(year >= 2000 && year < 2200)) throw refuse(field, "Choose a date of this century.");
  return moment;
}

function checkUntil(text: string): Date {
  const until = readMoment(text, "change.until");
  const ahead = until.getTime() - Date.now();
  if (ahead <= 0) throw refuse("change.until", "Choose a date in the future.");
  // A day's grace for who counts days in another time zone.
  if (ahead > (longestExceptionDays + 1) * 86_400_000) {
    throw refuse("change.until", `Choose a date within ${longestExceptionDays} days.`);
  }
  return until;
}

async function checkAssignee(
  tx: Transaction,
  scope: Scope,
  assigneeId: string | null,
  named: readonly HeldFinding[],
): Promise<void> {
  if (assigneeId === null) return;
  const [assignee] = await tx
    .select({ name: users.name, seesAll: users.seesAllAccounts })
    .from(users)
    .where(
      and(eq(users.id, assigneeId), eq(users.organisationId, scope.organisationId), isNull(users.disabledAt)),
    );
  if (!assignee) throw refuse("change.assigneeId", "There is no such user to assign it to.");
  if (assignee.seesAll || named.length === 0) return;
  const accountIds = [...new Set(named.map(({ accountId }) => accountId))];
  const seen = await tx.execute(sql`
    select from user_accounts where user_id = ${assigneeId} and account_id = any(${array(accountIds)})
  `);
  if (seen.length < accountIds.length) {
    throw refuse(
      "change.assigneeId",
      `${assignee.name} can't see ${named.length === 1 ? "the account of this finding" : "the accounts of all these findings"}.`,
    );
  }
}

/** A mute is granted to who asks; an acceptance waits for somebody else. */
async function makeException(
  tx: Transaction,
  scope: Scope,
  kind: "muted" | "risk_accepted",
  reason: string,
  until: Date,
): Promise<string> {
  if (scope.actor.kind !== "user") throw new DomainError("forbidden", "Only a person can answer for this.");
  const id = newId("exc");
  const granted =
    kind === "muted"
      ? { status: "granted" as const, decidedBy: scope.actor.id, decidedAt: sql`now()` }
      : { status: "asked" as const };
  await tx.insert(findingExceptions).values({
    ...{ id, organisationId: scope.organisationId, kind, reason, until },
    ...granted,
    askedBy: scope.actor.id,
    findings: { critical: 0, high: 0, medium: 0, low: 0, info: 0 },
  });
  return id;
}
