import { createHash } from "node:crypto";
import { and, eq, inArray, isNull } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { users } from "#db/identity/schema.ts";
import { notifications } from "#db/triage/schema.ts";
import { queueMails } from "#lib/mail/queue-mails.ts";

type Notice = {
  organisationId: string;
  planId: string;
  /** The action's id in the playbook. */
  action: string;
  message: string;
  recipients: readonly string[];
};

/** Tells each of the recipients once, in the browser and by e-mail, for a plan and an action, however many of its resources it is for. */
export async function tellNotice(db: Database, notice: Notice): Promise<void> {
  const { organisationId, planId, action, message, recipients } = notice;
  if (recipients.length === 0) return;
  await db.transaction(async (tx) => {
    const told = await tx
      .select({ id: users.id })
      .from(users)
      .where(
        and(
          eq(users.organisationId, organisationId),
          inArray(users.id, [...recipients]),
          isNull(users.disabledAt),
        ),
      );
    if (told.length === 0) return;
    const rows = told.map(({ id: userId }) => ({
      // Made of what it is about, so that telling again tells nobody twice.
      id: `ntf_${digest(`${planId}/${action}/${userId}`)}`,
      organisationId,
      userId,
      kind: "fix_notice" as const,
      planId,
      excerpt: message,
    }));
    const anew = await tx
      .insert(notifications)
      .values(rows)
      .onConflictDoNothing()
      .returning({ userId: notifications.userId });
    const ids = anew.map(({ userId }) => userId);
    await queueMails(tx, organisationId, ids, { kind: "notice", planId });
  });
}

const digest = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 24);
