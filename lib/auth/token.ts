import { findTokenByHash, type StoredToken, type TokenRefusal, touchToken } from "#db/api/queries.ts";
import type { Database } from "#db/client.ts";
import { findServedOrganisation } from "#db/identity/queries.ts";
import { appendAudit } from "../audit/append.ts";
import { DomainError } from "../errors.ts";
import { hashToken, looksLikeToken } from "../tokens/token-text.ts";
import { apiAt, Scope } from "./scope.ts";
import { countTokenFailure } from "./token-limits.ts";

/** Who asks through the API. */
export type TokenCaller = {
  scope: Scope;
  token: Pick<StoredToken, "id" | "name" | "expiresAt">;
  user: StoredToken["user"];
  organisation: StoredToken["organisation"];
};

/** What a request brings to prove who asks. */
export type TokenRequest = { authorization: string | null; address: string | null };

/**
 * Finds out who asks with an API token, as everything is now: a lowered role, a disabled user or a revoked token counts
 * from the next request. It is looked up by its hash, so how long that takes tells nothing of the token. Throws
 * `unauthenticated`, and `rate_limited` to an address that brings wrong ones over and over.
 */
export async function verifyToken(
  db: Database,
  served: { sandbox: boolean },
  request: TokenRequest,
): Promise<TokenCaller> {
  const { authorization, address } = request;
  if (authorization === null) {
    throw new DomainError(
      "unauthenticated",
      "Send an API token in the header `Authorization: Bearer …`. You make one in the settings.",
    );
  }
  const text = /^Bearer +([^\s]+) *$/i.exec(authorization)?.[1] ?? "";
  const token = looksLikeToken(text) ? await findTokenByHash(db, hashToken(text), served) : null;
  if (!token || token.refusal) return refuse(db, served, { text, token, address });
  if (!token.lastUsedAt || Date.now() - token.lastUsedAt.getTime() > 60_000) {
    await touchToken(db, token.id, address);
  }
  const { id, name, expiresAt, permissions, user, organisation } = token;
  return {
    scope: Scope.ofToken(user, { id, permissions }, apiAt(address)),
    token: { id, name, expiresAt },
    user,
    organisation,
  };
}

/** What a refused caller is told. Who doesn't hold a real token learns nothing about any. */
const refusals: Record<TokenRefusal, string> = {
  revoked: "This API token was revoked. Make another one in the settings.",
  expired: "This API token has expired. Make another one in the settings.",
  disabled: "The user of this API token is disabled. Ask an administrator.",
  not_served: "This API token is of an organisation that this installation doesn't serve at present.",
};

/** Counts the refusal and writes it to the trail; beyond the limit it does neither. What was sent is left out of both. */
async function refuse(
  db: Database,
  served: { sandbox: boolean },
  refused: { text: string; token: StoredToken | null; address: string | null },
): Promise<never> {
  const { text, token, address } = refused;
  await db.transaction(async (tx) => {
    const { last } = await countTokenFailure(tx, address);
    // What isn't shaped like a token is a mistake rather than a try.
    if (!token && !looksLikeToken(text)) return;
    const organisationId = token?.user.organisationId ?? (await findServedOrganisation(tx, served))?.id;
    if (organisationId === undefined) return;
    await appendAudit(tx, Scope.ofSystem(organisationId, "api", apiAt(address)), {
      action: "token.refuse",
      object: { kind: "token", id: token?.id ?? "unknown" },
      result: "refused",
      after: { reason: token?.refusal ?? "unknown_token", address, limitReached: last },
    });
  });
  throw new DomainError(
    "unauthenticated",
    token?.refusal ? refusals[token.refusal] : "This is no API token of this installation.",
  );
}
