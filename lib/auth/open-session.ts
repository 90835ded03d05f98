import { sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { newId } from "#db/columns.ts";
import { type Role, sessions } from "#db/identity/schema.ts";
import { appendAudit } from "../audit/append.ts";
import { browserAt, Scope } from "./scope.ts";
import { sessionLifetimeSeconds } from "./session-lifetime.ts";

/** What is known of the browser or program at the other end. */
export type Client = { address: string | null; userAgent: string | null };

/** Opens a session for a user whose identity is proven, with its audit entry. Returns the session's id. */
export async function openSession(
  tx: Transaction,
  user: { id: string; organisationId: string; role: Role },
  method: "password" | "persona" | "oidc" | "setup" | "link",
  client: Client,
): Promise<string> {
  const id = newId("ses");
  await tx.insert(sessions).values({
    id,
    organisationId: user.organisationId,
    userId: user.id,
    expiresAt: sql`now() + make_interval(secs => ${sessionLifetimeSeconds})`,
    ip: client.address,
    userAgent: client.userAgent?.slice(0, 400) ?? null,
  });
  await appendAudit(tx, Scope.ofUser(user, browserAt(client.address)), {
    action: "session.sign-in",
    object: { kind: "session", id },
    after: { userId: user.id, method, address: client.address },
  });
  return id;
}
