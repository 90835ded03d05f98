import { createHash, randomBytes } from "node:crypto";
import { and, eq, gt, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import type { Database, Transaction } from "#db/client.ts";
import { countUsers } from "#db/identity/queries.ts";
import { setupTokens } from "#db/identity/schema.ts";
import { DomainError } from "../errors.ts";
import { defineMutation } from "../mutation.ts";

/** What the database keeps of a token. */
export const hashSetupToken = (token: string) => createHash("sha256").update(token).digest("hex");

/**
 * Issues the link's token by which the first administrator is created, good once and for 24 hours, and voids those before
 * it. A conflict once the organisation has users.
 */
export const issueSetupToken = defineMutation({
  permission: "users:manage",
  act: { action: "setup.issue-link", kind: "organisation", id: ({ organisationId }) => organisationId },
  input: z.object({}),
  async run({ tx, scope }) {
    const { organisationId } = scope;
    if ((await countUsers(tx, organisationId)) > 0) {
      throw new DomainError("conflict", "There are users already; one of them can add more.");
    }
    await tx
      .update(setupTokens)
      .set({ expiresAt: sql`now()` })
      .where(
        and(
          eq(setupTokens.organisationId, organisationId),
          isNull(setupTokens.usedAt),
          gt(setupTokens.expiresAt, sql`now()`),
        ),
      );
    const token = randomBytes(32).toString("base64url");
    await tx.insert(setupTokens).values({
      tokenHash: hashSetupToken(token),
      organisationId,
      expiresAt: sql`now() + interval '24 hours'`,
    });
    return {
      result: { token },
      audit: { action: "setup.issue-link", object: { kind: "organisation", id: organisationId } },
    };
  },
});

export type SetupToken = { state: "valid" | "used" | "expired"; organisationId: string };

/** What became of a token; null for one that was never issued. */
export async function readSetupToken(db: Database | Transaction, token: string): Promise<SetupToken | null> {
  const [row] = await db
    .select({
      organisationId: setupTokens.organisationId,
      state: sql<SetupToken["state"]>`case when ${setupTokens.usedAt} is not null then 'used'
        when ${setupTokens.expiresAt} <= now() then 'expired' else 'valid' end`,
    })
    .from(setupTokens)
    .where(eq(setupTokens.tokenHash, hashSetupToken(token)));
  return row ?? null;
}
