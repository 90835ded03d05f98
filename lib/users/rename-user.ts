import { eq } from "drizzle-orm";
import { z } from "zod";
import type { Transaction } from "#db/client.ts";
import { users } from "#db/identity/schema.ts";
import { DomainError } from "../errors.ts";
import { defineMutation } from "../mutation.ts";
import { type HeldUser, holdSelf, holdUser, refusePersona } from "./hold-user.ts";
import { RenameUserInput, UserName } from "./user-input.ts";

/** Changes what somebody is called. */
export const renameUser = defineMutation({
  permission: "users:manage",
  act: { action: "user.rename", kind: "user", id: "userId" },
  input: RenameUserInput,
  run: async ({ tx, scope, input }) => rename(tx, await holdUser(tx, scope, input), input.name),
});

/** Changes what one is called oneself. */
export const renameSelf = defineMutation({
  permission: "sessions:own",
  act: { action: "user.rename", kind: "user", id: ({ actor }) => actor.id },
  input: z.strictObject({ name: UserName }),
  run: async ({ tx, scope, input }) => rename(tx, await holdSelf(tx, scope), input.name),
});

async function rename(tx: Transaction, user: HeldUser, name: string) {
  refusePersona(user);
  if (user.passwordHash === null && user.atProvider) {
    throw new DomainError(
      "conflict",
      "Nothing was changed: the name comes from the identity provider at each sign-in. Change it there.",
    );
  }
  if (user.name === name) {
    throw new DomainError("conflict", "Nothing was changed: the name is this one already.");
  }
  const revision = user.revision + 1;
  await tx.update(users).set({ name, revision }).where(eq(users.id, user.id));
  return {
    result: { userId: user.id, revision },
    // A name is somebody's own; the trail says that it changed.
    audit: { action: "user.rename", object: { kind: "user", id: user.id }, after: { fields: ["name"] } },
  };
}
