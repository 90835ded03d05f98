import type { TokenCredential } from "@azure/core-auth";

/** Calls may wait in a queue; five minutes is also what the SDK itself keeps in hand. */
const renewBeforeMs = 5 * 60_000;

/** A login that hands out tokens which nobody accepts is not asked for ever. */
const maxRefusedInRow = 3;

export type TokenSource = {
  /** The present token. Throws what the login said. */
  get(): Promise<{ token: string; expiresOnTimestamp: number }>;
  /** Notes that a service took the token. */
  accepted(token: string): void;
  /**
   * Forgets a token that a service refused, so that the next call gets a new one; false when that is of no use.
   *
   * @param claims What the service wants the new token to say (Continuous Access Evaluation), as JSON.
   */
  renew(token: string, claims?: string): boolean;
};

/**
 * The tokens of one account for one audience, shared by all its clients.
 *
 * @param login Makes a credential that remembers no token, and throws what the login said.
 */
export function tokenSource(
  scope: string,
  login: () => TokenCredential,
  now: () => number = Date.now,
): TokenSource {
  let entrance = login();
  let current: { token: string; expiresOnTimestamp: number } | null = null;
  let pending: Promise<{ token: string; expiresOnTimestamp: number }> | null = null;
  let claims: string | undefined;
  let refusedInRow = 0;

  const ask = async () => {
    const before = current;
    try {
      const token = await entrance.getToken(scope, {
        enableCae: true,
        ...(claims ? { claims } : {}),
      });
      if (!token) throw new Error("The credential gave no token.");
      current = token;
      return token;
    } catch (error) {
      // While a renewal fails, a token that still holds is used on.
      if (before && before === current && before.expiresOnTimestamp > now()) return before;
      throw error;
    } finally {
      pending = null;
    }
  };

  return {
    get() {
      if (current && current.expiresOnTimestamp - now() > renewBeforeMs) return Promise.resolve(current);
      pending ??= ask();
      return pending;
    },
    accepted(token) {
      if (current?.token === token) refusedInRow = 0;
    },
    renew(token, wanted) {
      // Another call that was refused with the same token has been here before.
      if (current?.token !== token) return true;
      refusedInRow += 1;
      if (refusedInRow >= maxRefusedInRow) return false;
      current = null;
      claims = wanted;
      entrance = login();
      return true;
    },
  };
}
