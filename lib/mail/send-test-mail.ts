import { eq } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "#db/client.ts";
import { newId } from "#db/columns.ts";
import { users } from "#db/identity/schema.ts";
import { mails } from "#db/remediation/schema.ts";
import type { Scope } from "../auth/scope.ts";
import { DomainError } from "../errors.ts";
import { defineMutation } from "../mutation.ts";
import { performMail } from "./perform-mail.ts";
import { requireMailSettings } from "./settings.ts";

/** Notes that whoever asks wants an e-mail to themselves, and gives the address it goes to. */
export const startTestMail = defineMutation({
  permission: "remediation:manage",
  act: { action: "mail.test", kind: "mail" },
  input: z.object({}),
  async run({ tx, scope }) {
    requireMailSettings();
    const [user] = await tx.select({ email: users.email }).from(users).where(eq(users.id, scope.actor.id));
    if (!user) throw new DomainError("forbidden", "Only somebody with an e-mail address can ask for a test.");
    const mailId = newId("mal");
    const { organisationId } = scope;
    await tx.insert(mails).values({ id: mailId, organisationId, userId: scope.actor.id, kind: "test" });
    const audit = { action: "mail.test", object: { kind: "mail", id: mailId } };
    return { result: { mailId, to: user.email }, audit };
  },
});

/** Sends an e-mail to whoever asks, at once. What the server said is a result; a DomainError is thrown for want of one. */
export async function sendTestMail(
  db: Database,
  scope: Scope,
): Promise<{ to: string; sent: boolean; error: string | null }> {
  const { mailId, to } = await startTestMail(db, scope, {});
  try {
    await performMail(db, mailId);
    return { to, sent: true, error: null };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    await db.update(mails).set({ status: "failed" }).where(eq(mails.id, mailId));
    return { to, sent: false, error: error.message };
  }
}
