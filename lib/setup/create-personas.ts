import { inArray } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { newId } from "#db/columns.ts";
import { users } from "#db/identity/schema.ts";
import { appendAudit } from "../audit/append.ts";
import type { Scope } from "../auth/scope.ts";
import { personas } from "./personas.ts";

/** Makes the personas that the sandbox's organisation lacks. They have no password, and none could be set. */
export async function createPersonas(db: Database, scope: Scope): Promise<void> {
  scope.require("users:manage");
  const { organisationId } = scope;
  await db.transaction(async (tx) => {
    const emails = personas.map(({ email }) => email);
    const present = await tx.select({ email: users.email }).from(users).where(inArray(users.email, emails));
    const known = new Set(present.map(({ email }) => email));
    const missing = personas.filter(({ email }) => !known.has(email));
    if (missing.length === 0) return;
    const now = Date.now();
    const made = await tx
      .insert(users)
      // A millisecond apart, so that they are listed in this order.
      .values(
        missing.map((persona, i) => ({
          ...persona,
          id: newId("usr"),
          organisationId,
          persona: true,
          createdAt: new Date(now + i),
        })),
      )
      .onConflictDoNothing()
      .returning({ id: users.id, role: users.role });
    for (const { id, role } of made) {
      const after = { role, persona: true };
      await appendAudit(tx, scope, { action: "user.create", object: { kind: "user", id }, after });
    }
  });
}
