import { and, eq, gt, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "#db/client.ts";
import { newId } from "#db/columns.ts";
import { countUsers } from "#db/identity/queries.ts";
import { organisations, setupTokens, users } from "#db/identity/schema.ts";
import { type Client, openSession } from "../auth/open-session.ts";
import { hashPassword } from "../auth/password.ts";
import { passwordWeakness } from "../auth/password-rule.ts";
import { browserAt, Scope } from "../auth/scope.ts";
import { DomainError } from "../errors.ts";
import { defineMutation } from "../mutation.ts";
import { hashSetupToken, readSetupToken } from "./setup-token.ts";

export const CreateAdministratorInput = z
  .object({
    token: z.string().min(1).max(200),
    organisationName: z.string().trim().min(1, "Give your organisation a name.").max(100),
    name: z.string().trim().min(1, "Say what you are called.").max(100),
    email: z.string().trim().max(254).pipe(z.email("This is not an e-mail address.")),
    password: z.string(),
    client: z.object({ address: z.string().nullable(), userAgent: z.string().nullable() }),
  })
  .superRefine(({ name, email, password }, context) => {
    const message = passwordWeakness(password, { name, email });
    if (message) context.addIssue({ code: "custom", path: ["password"], message });
  });

/** Creates the first administrator and signs them in; the token is used up with it, or not at all. */
export const createAdministrator = defineMutation({
  permission: "users:manage",
  act: { action: "user.create", kind: "user" },
  input: CreateAdministratorInput,
  async run({ tx, scope, input }) {
    const { organisationId } = scope;
    // The row is locked from here on, so of two at once the second finds the token used.
    const [taken] = await tx
      .update(setupTokens)
      .set({ usedAt: sql`now()` })
      .where(
        and(
          eq(setupTokens.tokenHash, hashSetupToken(input.token)),
          eq(setupTokens.organisationId, organisationId),
          isNull(setupTokens.usedAt),
          gt(setupTokens.expiresAt, sql`now()`),
        ),
      )
      .returning({ organisationId: setupTokens.organisationId });
    if (!taken || (await countUsers(tx, organisationId)) > 0) throw linkIsSpent();
    const id = newId("usr");
    const { name, email, organisationName } = input;
    const [user] = await tx
      .insert(users)
      .values({
        id,
        organisationId,
        name,
        email,
        role: "admin",
        passwordHash: await hashPassword(input.password),
      })
      .onConflictDoNothing()
      .returning({ id: users.id, organisationId: users.organisationId, role: users.role });
    if (!user) {
      const message = "Someone has this e-mail address already. Use another one.";
      throw new DomainError("conflict", `Nothing was changed. ${message}`, { fields: { email: message } });
    }
    await tx
      .update(organisations)
      .set({ name: organisationName })
      .where(eq(organisations.id, organisationId));
    const sessionId = await openSession(tx, user, "setup", input.client);
    return {
      result: { userId: id, sessionId },
      audit: {
        action: "user.create",
        object: { kind: "user", id },
        after: { role: "admin", organisationName },
      },
    };
  },
});

/** As `createAdministrator`, for who holds no more than a link: the organisation is the token's. */
export async function createAdministratorByLink(
  db: Database,
  input: Omit<z.input<typeof CreateAdministratorInput>, "client">,
  client: Client,
): Promise<{ userId: string; sessionId: string }> {
  const found = await readSetupToken(db, input.token);
  if (!found) throw linkIsSpent();
  return createAdministrator(db, Scope.ofSystem(found.organisationId, "setup", browserAt(client.address)), {
    ...input,
    client,
  });
}

const linkIsSpent = () =>
  new DomainError("conflict", "This link has been used or has expired. Start Parapet again for a new one.");
