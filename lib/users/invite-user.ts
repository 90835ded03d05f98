import { newId } from "#db/columns.ts";
import { users } from "#db/identity/schema.ts";
import { DomainError } from "../errors.ts";
import { defineMutation } from "../mutation.ts";
import { holdPeople, writeVisibility } from "./hold-user.ts";
import { InviteUserInput } from "./user-input.ts";
import { issueLink } from "./user-links.ts";

/**
 * Makes a user who has no password yet, and the link by which they set one: the answer is the only place where it can be
 * read. Throws `conflict` in the sandbox, where passwords are off, and for an e-mail address that somebody has.
 */
export const inviteUser = defineMutation({
  permission: "users:manage",
  act: { action: "user.invite", kind: "user" },
  input: InviteUserInput,
  async run({ tx, scope, input }) {
    const { sandbox } = await holdPeople(tx, scope);
    if (sandbox) {
      throw new DomainError(
        "conflict",
        "Nobody was invited: the sandbox has its own people, and passwords are off in it.",
      );
    }
    const { organisationId } = scope;
    const { name, email, role, visibility } = input;
    const userId = newId("usr");
    const seesAllAccounts = visibility.sees === "all";
    const [made] = await tx
      .insert(users)
      .values({ id: userId, organisationId, name, email, role, seesAllAccounts })
      .onConflictDoNothing()
      .returning({ id: users.id });
    if (!made) {
      const message = "Someone has this e-mail address already.";
      throw new DomainError("conflict", `Nobody was invited. ${message}`, { fields: { email: message } });
    }
    const accountIds = visibility.sees === "some" ? visibility.accountIds : [];
    await writeVisibility(tx, organisationId, userId, accountIds);
    const link = await issueLink(tx, scope, userId, "invitation");
    return {
      result: { userId, link },
      audit: {
        action: "user.invite",
        object: { kind: "user", id: userId },
        after: {
          role,
          seesAllAccounts,
          ...(seesAllAccounts ? {} : { accountIds }),
          linkExpiresAt: link.expiresAt,
        },
      },
    };
  },
});
