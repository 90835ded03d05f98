import { and, count, eq, gt, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { apiTokens } from "#db/api/schema.ts";
import type { Transaction } from "#db/client.ts";
import { newId } from "#db/columns.ts";
import { type Permission, permissions } from "../auth/permissions.ts";
import type { Scope } from "../auth/scope.ts";
import { DomainError } from "../errors.ts";
import { defineMutation } from "../mutation.ts";
import { tokenPermissions } from "./token-permissions.ts";
import { hashToken, newTokenText } from "./token-text.ts";

/** How long a token may live, at most. */
export const longestTokenDays = 365;

/** Live tokens of one user; more are a sign that something makes them and forgets them. */
export const mostLiveTokens = 50;

export const CreateTokenInput = z.strictObject({
  name: z.string().trim().min(1, "Give the token a name.").max(80, "A name has at most 80 characters."),
  permissions: z.array(z.enum(permissions)).min(1, "Choose what the token may do.").max(permissions.length),
  expiresInDays: z
    .number("Say in how many days it ends.")
    .int("Say it in whole days.")
    .min(1, "A token lives a day at least.")
    .max(longestTokenDays, `A token lives ${longestTokenDays} days at most.`),
});

/**
 * Makes an API token of who asks, with some of their own permissions. The token is in the result and nowhere else. Throws
 * `forbidden` for a permission that they don't have, and for a token that asks; `conflict` when the name is taken.
 */
export const createToken = defineMutation({
  permission: "tokens:own",
  act: { action: "token.create", kind: "token" },
  input: CreateTokenInput,
  async run({ tx, scope, input }) {
    const allowed = checkPermissions(scope, input.permissions);
    await checkNumber(tx, scope);
    const id = newId("tok");
    const token = newTokenText(id);
    const [created] = await tx
      .insert(apiTokens)
      .values({
        id,
        organisationId: scope.organisationId,
        userId: scope.actor.id,
        name: input.name,
        tokenHash: hashToken(token),
        permissions: allowed,
        expiresAt: sql`now() + make_interval(days => ${input.expiresInDays})`,
      })
      .onConflictDoNothing()
      .returning({ expiresAt: apiTokens.expiresAt });
    if (!created) {
      const name = `You have a token named ${input.name} already. Revoke it first, or choose another name.`;
      throw new DomainError("conflict", `Nothing was changed. ${name}`, { fields: { name } });
    }
    const expiresAt = created.expiresAt.toISOString();
    return {
      result: { tokenId: id, token, expiresAt },
      audit: {
        action: "token.create",
        object: { kind: "token", id },
        after: { name: input.name, permissions: allowed, expiresAt },
      },
    };
  },
});

function checkPermissions(scope: Scope, wanted: readonly Permission[]): Permission[] {
  if (scope.actor.kind !== "user" || scope.tokenId !== null) {
    throw new DomainError("forbidden", "Nothing was changed: tokens are made by people, in their browser.");
  }
  const refused = wanted.filter(
    (permission) => !scope.can(permission) || !tokenPermissions.includes(permission),
  );
  if (refused.length > 0) {
    throw new DomainError(
      "forbidden",
      `Nothing was changed: a token of yours can't have ${refused.join(", ")}.`,
    );
  }
  return tokenPermissions.filter((permission) => wanted.includes(permission));
}

async function checkNumber(tx: Transaction, scope: Scope): Promise<void> {
  const [live] = await tx
    .select({ tokens: count() })
    .from(apiTokens)
    .where(
      and(
        eq(apiTokens.userId, scope.actor.id),
        isNull(apiTokens.revokedAt),
        gt(apiTokens.expiresAt, sql`now()`),
      ),
    );
  if ((live?.tokens ?? 0) < mostLiveTokens) return;
  throw new DomainError(
    "conflict",
    `Nothing was changed: you have ${mostLiveTokens} live tokens. Revoke those that nothing uses.`,
  );
}
