import { and, eq, sql } from "drizzle-orm";
import type { AuditResult } from "#db/audit/schema.ts";
import type { Database, Transaction } from "#db/client.ts";
import { users } from "#db/identity/schema.ts";
import { mails } from "#db/remediation/schema.ts";
import { appendAudit } from "../audit/append.ts";
import { Scope } from "../auth/scope.ts";
import { env } from "../env.ts";
import { DomainError } from "../errors.ts";
import {
  composeApprovalAsked,
  composeAuditReport,
  composeNotice,
  composePlanDecided,
  composePlanEnded,
  composeTest,
} from "./compose.ts";
import { readPlanLetter } from "./plan-letter.ts";
import { readNotices } from "./read-notices.ts";
import { readReportLetter } from "./report-letter.ts";
import { type Message, sendMail } from "./send.ts";

/**
 * Sends one message that is waiting. Throws when the mail server would not take it, for the queue to try again. What is of
 * no use any more, such as the request of a plan that was decided on meanwhile, is not sent.
 */
export async function performMail(db: Database, mailId: string): Promise<void> {
  const [mail] = await db
    .select({
      ...{ kind: mails.kind, planId: mails.planId, reportId: mails.reportId },
      ...{ organisationId: mails.organisationId, user: users },
    })
    .from(mails)
    .innerJoin(users, eq(users.id, mails.userId))
    .where(and(eq(mails.id, mailId), eq(mails.status, "waiting")));
  if (!mail) return;
  const message = await wordsOf(db, mail);
  if (!message) return end(db, mailId, "failed", "It was of no use any more, so it was not sent.");
  const startedAt = performance.now();
  try {
    await sendMail(message, mailId);
  } catch (error) {
    const said = error instanceof DomainError ? error.message : "The worker's log says why.";
    await db
      .update(mails)
      .set({ attempts: sql`${mails.attempts} + 1`, error: said })
      .where(eq(mails.id, mailId));
    throw error;
  }
  await end(db, mailId, "sent", null, performance.now() - startedAt);
}

/** Every attempt failed: what the last one was told stays with it. */
export async function failMail(db: Database, mailId: string): Promise<void> {
  await db.transaction(async (tx) => {
    const [failed] = await tx
      .update(mails)
      .set({ status: "failed" })
      .where(and(eq(mails.id, mailId), eq(mails.status, "waiting")))
      .returning();
    if (failed) await recordMail(tx, failed, { result: "failed", reason: "gave_up" });
  });
}

async function end(
  db: Database,
  mailId: string,
  status: "sent" | "failed",
  error: string | null,
  durationMs?: number,
): Promise<void> {
  const attempts = status === "sent" ? sql`${mails.attempts} + 1` : mails.attempts;
  await db.transaction(async (tx) => {
    const [ended] = await tx
      .update(mails)
      .set({ status, error, attempts, sentAt: status === "sent" ? new Date() : null })
      .where(eq(mails.id, mailId))
      .returning();
    if (!ended) return;
    // A message that nobody needs any more went wrong for nobody.
    const reason = status === "sent" ? null : "of_no_use";
    await recordMail(tx, ended, {
      result: "done",
      reason,
      ...(durationMs === undefined ? {} : { durationMs }),
    });
  });
}

/** To whom it went is their id; the address is the user's and stays out. */
async function recordMail(
  tx: Transaction,
  mail: typeof mails.$inferSelect,
  { reason, ...outcome }: { result: AuditResult; reason: string | null; durationMs?: number },
): Promise<void> {
  const { id, organisationId, kind, userId, status, attempts } = mail;
  await appendAudit(tx, Scope.ofSystem(organisationId, "mail"), {
    ...outcome,
    action: "mail.send",
    object: { kind: "mail", id },
    after: { kind, userId, status, attempts, ...(reason === null ? {} : { reason }) },
  });
}

async function wordsOf(
  db: Database,
  mail: Pick<typeof mails.$inferSelect, "kind" | "planId" | "reportId" | "organisationId"> & {
    user: typeof users.$inferSelect;
  },
): Promise<Message | null> {
  const { user, kind } = mail;
  if (user.disabledAt) return null;
  if (kind === "test") return composeTest(user.email, env().authUrl);
  if (kind === "audit_report") {
    const report = await readReportLetter(db, mail.organisationId, mail.reportId, user);
    return report && composeAuditReport(user.email, report);
  }
  const plan = mail.planId && (await readPlanLetter(db, mail.organisationId, mail.planId, user));
  if (!plan) return null;
  if (kind === "approval_asked") {
    return plan.state === "awaiting_approval" ? composeApprovalAsked(user.email, plan) : null;
  }
  if (kind === "plan_decided") return plan.decision ? composePlanDecided(user.email, plan) : null;
  if (kind === "notice") return composeNotice(user.email, plan, await readNotices(db, mail.planId, user.id));
  return composePlanEnded(user.email, plan);
}
