import { and, eq, isNull } from "drizzle-orm";
import { users } from "#db/identity/schema.ts";
import { DomainError } from "../../../errors.ts";
import { composeAlert } from "../../../mail/compose.ts";
import { sendMail } from "../../../mail/send.ts";
import type { AlertNotice } from "../model.ts";
import { sayAlert, sayMinutes, saySample } from "../notice.ts";
import type { TellContext, Told } from "./tell.ts";

/** Sends an e-mail to one of the organisation's people. */
export async function tellByEmail(
  notice: AlertNotice,
  { db, organisationId, userId }: TellContext,
): Promise<Told> {
  const [user] = await db
    .select({ email: users.email })
    .from(users)
    .where(
      and(eq(users.id, userId ?? ""), eq(users.organisationId, organisationId), isNull(users.disabledAt)),
    );
  if (!user) return { outcome: "refused", error: "They can't sign in any more, so nothing was sent." };
  const { rule, organisation, url, threshold, windowMinutes, test, samples } = notice;
  const message = composeAlert(user.email, {
    rule: rule.name,
    organisation: organisation.name,
    lead: sayAlert(notice),
    limit: `${threshold} within ${sayMinutes(windowMinutes)}`,
    samples: test ? [] : samples.map(saySample),
    url,
  });
  try {
    await sendMail(message, `${notice.id}-${userId}`);
    return { outcome: "told" };
  } catch (error) {
    if (error instanceof DomainError) return { outcome: "failed", error: error.message };
    throw error;
  }
}
