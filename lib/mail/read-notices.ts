import { eq } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { remediationPlans } from "#db/remediation/schema.ts";

/** What the notifications of a plan tell one user, each message once. */
export async function readNotices(db: Database, planId: string | null, userId: string): Promise<string[]> {
  if (!planId) return [];
  const [plan] = await db
    .select({ document: remediationPlans.document })
    .from(remediationPlans)
    .where(eq(remediationPlans.id, planId));
  const calls = (plan?.document?.targets ?? []).flatMap(({ actions }) =>
    actions.flatMap((action) =>
      action.kind === "notification" && action.plan.outcome === "change" ? action.plan.calls : [],
    ),
  );
  const messages = calls.flatMap(({ input: { message, recipients } }) =>
    typeof message === "string" && Array.isArray(recipients) && recipients.some((one) => isUser(one, userId))
      ? [message]
      : [],
  );
  return [...new Set(messages)];
}

const isUser = (recipient: unknown, userId: string): boolean =>
  typeof recipient === "object" && recipient !== null && "id" in recipient && recipient.id === userId;
