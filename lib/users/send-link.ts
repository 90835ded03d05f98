import { DomainError } from "../errors.ts";
import { defineMutation } from "../mutation.ts";
import { type HeldUser, holdUser, refusePersona } from "./hold-user.ts";
import { OneUserInput } from "./user-input.ts";
import { issueLink, voidLinks } from "./user-links.ts";

/** A new invitation for who has not come yet; the link before stops working. */
export const resendInvitation = defineMutation({
  permission: "users:manage",
  act: { action: "user.resend_invitation", kind: "user", id: "userId" },
  input: OneUserInput,
  async run({ tx, scope, input }) {
    const user = await holdUser(tx, scope, input);
    refusePersona(user);
    refuseDisabled(user);
    if (user.canSignIn) {
      throw new DomainError(
        "conflict",
        `No link was made: ${user.name} has come already. Where the password is lost, make a link to reset it.`,
      );
    }
    const link = await issueLink(tx, scope, user.id, "invitation");
    return {
      result: { userId: user.id, link },
      audit: {
        action: "user.resend_invitation",
        object: { kind: "user", id: user.id },
        after: { linkExpiresAt: link.expiresAt },
      },
    };
  },
});

/** A link by which somebody sets another password; the one they have goes on until they do. */
export const createPasswordReset = defineMutation({
  permission: "users:manage",
  act: { action: "user.create_password_reset", kind: "user", id: "userId" },
  input: OneUserInput,
  async run({ tx, scope, input }) {
    const user = await holdUser(tx, scope, input);
    refusePersona(user);
    refuseDisabled(user);
    if (user.passwordHash === null) {
      throw new DomainError(
        "conflict",
        user.canSignIn
          ? `No link was made: ${user.name} signs in through the identity provider and has no password here.`
          : `No link was made: ${user.name} has not set a password yet. Make a new invitation instead.`,
      );
    }
    const link = await issueLink(tx, scope, user.id, "password_reset");
    return {
      result: { userId: user.id, link },
      audit: {
        action: "user.create_password_reset",
        object: { kind: "user", id: user.id },
        after: { linkExpiresAt: link.expiresAt },
      },
    };
  },
});

/** Has the link that a user holds stop working. */
export const cancelLink = defineMutation({
  permission: "users:manage",
  act: { action: "user.cancel_link", kind: "user", id: "userId" },
  input: OneUserInput,
  async run({ tx, scope, input }) {
    const user = await holdUser(tx, scope, input);
    const [kind] = await voidLinks(tx, scope.organisationId, user.id);
    if (!kind) throw new DomainError("conflict", "There is no link that still works.");
    return {
      result: { userId: user.id },
      audit: { action: "user.cancel_link", object: { kind: "user", id: user.id }, before: { kind } },
    };
  },
});

function refuseDisabled(user: HeldUser): void {
  if (user.disabledAt === null) return;
  throw new DomainError("conflict", `No link was made: ${user.name} is disabled. Enable them first.`);
}
