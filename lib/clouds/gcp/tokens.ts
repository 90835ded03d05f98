/** Calls may wait in a queue; Google's own libraries keep five minutes in hand, too. */
const renewBeforeMs = 5 * 60_000;

/** Used when the source doesn't say how long its token holds. */
export const assumedLifetimeMs = 10 * 60_000;

export type AccessToken = {
  value: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
  /** The project that calls are counted against, for a user's own credentials. */
  quotaProject?: string | undefined;
};

export type RefreshingToken = {
  provide(): Promise<AccessToken>;
  /** Forgets the token that Google refused, so that the next call asks for another. */
  renew(value: string): void;
};

/**
 * Asks `source` once and shares the answer among all clients of a session; asks again before it expires. While a renewal
 * fails, a token that still holds is used on.
 */
export function refreshingToken(
  source: () => Promise<AccessToken>,
  now: () => number = Date.now,
): RefreshingToken {
  let current: AccessToken | null = null;
  let pending: Promise<AccessToken> | null = null;

  const ask = async () => {
    const before = current;
    try {
      current = await source();
      return current;
    } catch (error) {
      if (before && before === current && before.expiresAt > now()) return before;
      throw error;
    } finally {
      pending = null;
    }
  };

  return {
    async provide() {
      if (current && current.expiresAt - now() > renewBeforeMs) return current;
      pending ??= ask();
      return pending;
    },
    renew(value) {
      // Another call that was refused with the same token has been here before.
      if (current?.value === value) current = null;
    },
  };
}
