import { eq, sql } from "drizzle-orm";
import { endSessionsOf } from "#db/identity/identities.ts";
import { users } from "#db/identity/schema.ts";
import { DomainError } from "../errors.ts";
import { defineMutation } from "../mutation.ts";
import { holdUser, keepSomeoneInCharge, refuseOneself, refusePersona } from "./hold-user.ts";
import { HeldUserInput } from "./user-input.ts";
import { voidLinks } from "./user-links.ts";

/** Shuts somebody out: sessions and links end now, API tokens are refused. What they did stays theirs. */
export const disableUser = defineMutation({
  permission: "users:manage",
  act: { action: "user.disable", kind: "user", id: "userId" },
  input: HeldUserInput,
  async run({ tx, scope, input }) {
    const user = await holdUser(tx, scope, input);
    refusePersona(user);
    refuseOneself(scope, user.id, "disabling yourself");
    if (user.disabledAt) {
      throw new DomainError("conflict", `Nothing was changed: ${user.name} is disabled already.`);
    }
    const revision = user.revision + 1;
    await tx.update(users).set({ disabledAt: sql`now()`, revision }).where(eq(users.id, user.id));
    await keepSomeoneInCharge(tx, user);
    const sessions = await endSessionsOf(tx, user.id);
    const links = await voidLinks(tx, scope.organisationId, user.id);
    return {
      result: { userId: user.id, revision },
      audit: {
        action: "user.disable",
        object: { kind: "user", id: user.id },
        before: { disabled: false },
        after: { disabled: true, sessionsEnded: sessions.length, linksEnded: links.length },
      },
    };
  },
});

/** Lets somebody in again, with the role and the accounts that they had; API tokens that are not revoked count again. */
export const enableUser = defineMutation({
  permission: "users:manage",
  act: { action: "user.enable", kind: "user", id: "userId" },
  input: HeldUserInput,
  async run({ tx, scope, input }) {
    const user = await holdUser(tx, scope, input);
    refusePersona(user);
    if (!user.disabledAt) {
      throw new DomainError("conflict", `Nothing was changed: ${user.name} is not disabled.`);
    }
    const revision = user.revision + 1;
    await tx.update(users).set({ disabledAt: null, revision }).where(eq(users.id, user.id));
    return {
      result: { userId: user.id, revision },
      audit: {
        action: "user.enable",
        object: { kind: "user", id: user.id },
        before: { disabled: true },
        after: { disabled: false },
      },
    };
  },
});
