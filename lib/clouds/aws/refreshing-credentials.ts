import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from "@smithy/types";

/** Signed calls may wait in a queue; five minutes is also what the SDK itself keeps in hand. */
const renewBeforeMs = 5 * 60_000;

export type RefreshingCredentials = {
  /** Marked as memoised, so that each client asks here instead of keeping a copy of its own. */
  provide: AwsCredentialIdentityProvider & { memoized: true };
  /** Forgets the key that AWS refused; false when the source can only say the same again. */
  renew(accessKeyId: string): boolean;
};

/**
 * Asks `source` once and shares the answer among all clients and regions of a session; asks again before it expires.
 * While a renewal fails, credentials that still hold are used on.
 */
export function refreshingCredentials(
  source: AwsCredentialIdentityProvider,
  now: () => number = Date.now,
): RefreshingCredentials {
  let current: AwsCredentialIdentity | null = null;
  let pending: Promise<AwsCredentialIdentity> | null = null;

  const leftMs = (credentials: AwsCredentialIdentity) =>
    (credentials.expiration?.getTime() ?? Number.POSITIVE_INFINITY) - now();

  const ask = async () => {
    const before = current;
    try {
      current = await source();
      return current;
    } catch (error) {
      if (before && before === current && leftMs(before) > 0) return before;
      throw error;
    } finally {
      pending = null;
    }
  };

  const provide = async () => {
    if (current && leftMs(current) > renewBeforeMs) return current;
    pending ??= ask();
    return pending;
  };

  return {
    provide: Object.assign(provide, { memoized: true as const }),
    renew(accessKeyId) {
      // Another call that was refused with the same key has been here before.
      if (current?.accessKeyId !== accessKeyId) return true;
      if (!current.expiration && !current.sessionToken) return false;
      current = null;
      return true;
    },
  };
}
