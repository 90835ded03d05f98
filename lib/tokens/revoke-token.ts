import { and, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { apiTokens } from "#db/api/schema.ts";
import { DomainError } from "../errors.ts";
import { defineMutation } from "../mutation.ts";

export const RevokeTokenInput = z.strictObject({ tokenId: z.string().min(1).max(80) });

/** Ends a token at once and for ever: one's own, or, for who manages users, anyone's in the organisation. */
export const revokeToken = defineMutation({
  permission: "tokens:own",
  act: { action: "token.revoke", kind: "token", id: "tokenId" },
  input: RevokeTokenInput,
  async run({ tx, scope, input }) {
    const reach = and(
      eq(apiTokens.id, input.tokenId),
      eq(apiTokens.organisationId, scope.organisationId),
      scope.can("users:manage") ? undefined : eq(apiTokens.userId, scope.actor.id),
    );
    const [revoked] = await tx
      .update(apiTokens)
      .set({ revokedAt: sql`now()` })
      .where(and(reach, isNull(apiTokens.revokedAt)))
      .returning({ id: apiTokens.id, name: apiTokens.name, userId: apiTokens.userId });
    if (!revoked) {
      const [known] = await tx.select({ id: apiTokens.id }).from(apiTokens).where(reach);
      if (known) throw new DomainError("conflict", "That token has been revoked already.");
      throw new DomainError("not_found", "There is no such token.");
    }
    const { id, name, userId } = revoked;
    return {
      result: { tokenId: id },
      audit: { action: "token.revoke", object: { kind: "token", id }, after: { name, userId } },
    };
  },
});
