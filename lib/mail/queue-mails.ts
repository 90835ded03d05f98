import type { Transaction } from "#db/client.ts";
import { mails } from "#db/remediation/schema.ts";
import { enqueue } from "../jobs/queue.ts";
import { mailSettings } from "./settings.ts";

/**
 * Has each of the users told by e-mail, if the caller's transaction commits; nothing where no mail server is configured.
 * The words are made when it is sent, from what is true then.
 */
export async function queueMails(
  tx: Transaction,
  organisationId: string,
  userIds: Iterable<string>,
  about:
    | { kind: "approval_asked" | "plan_decided" | "plan_ended" | "notice"; planId: string }
    | { kind: "audit_report"; reportId: string },
): Promise<void> {
  if (!mailSettings()) return;
  const rows = [...new Set(userIds)].map((userId) => ({ organisationId, userId, ...about }));
  if (rows.length === 0) return;
  const queued = await tx.insert(mails).values(rows).returning({ id: mails.id });
  await enqueue(
    tx,
    "mail-send",
    queued.map(({ id }) => ({ data: { mailId: id } })),
  );
}
