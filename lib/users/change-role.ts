import { eq } from "drizzle-orm";
import { users } from "#db/identity/schema.ts";
import { DomainError } from "../errors.ts";
import { defineMutation } from "../mutation.ts";
import { holdUser, keepSomeoneInCharge, refuseOneself, refusePersona } from "./hold-user.ts";
import { ChangeRoleInput } from "./user-input.ts";

/**
 * Gives somebody another role, from their next request on. Throws `conflict` for oneself, for the last administrator, and
 * for whom the identity provider gives theirs.
 */
export const changeRole = defineMutation({
  permission: "users:manage",
  act: { action: "user.change_role", kind: "user", id: "userId" },
  input: ChangeRoleInput,
  async run({ tx, scope, input }) {
    const user = await holdUser(tx, scope, input);
    refusePersona(user);
    refuseOneself(scope, user.id, "changing your own role");
    if (user.atProvider) {
      throw new DomainError(
        "conflict",
        `Nothing was changed: the identity provider says which role ${user.name} has, each time they sign in. Change it there.`,
      );
    }
    if (user.role === input.role) {
      throw new DomainError("conflict", `Nothing was changed: ${user.name} has this role already.`);
    }
    const revision = user.revision + 1;
    await tx.update(users).set({ role: input.role, revision }).where(eq(users.id, user.id));
    await keepSomeoneInCharge(tx, user);
    return {
      result: { userId: user.id, revision },
      audit: {
        action: "user.change_role",
        object: { kind: "user", id: user.id },
        before: { role: user.role },
        after: { role: input.role },
      },
    };
  },
});
