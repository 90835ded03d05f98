import type { RetryErrorInfo, RetryStrategyV2, RetryToken } from "@smithy/types";
import { classifyAwsError } from "./errors.ts";

/**
 * Attempts allowed per cause. Being told to slow down is no failure, so it may happen more often; with three attempts in
 * ten throttled and one in ten failing, fewer than one call in a hundred million runs out of either budget.
 */
const budgets = {
  throttled: { attempts: 20, baseMs: 200, capMs: 8_000 },
  failed: { attempts: 10, baseMs: 100, capMs: 5_000 },
} as const;

type Cause = keyof typeof budgets;

class Token implements RetryToken {
  #delayMs: number;
  readonly spent: Readonly<Record<Cause, number>>;
  constructor(spent: Record<Cause, number>, delayMs: number) {
    this.spent = spent;
    this.#delayMs = delayMs;
  }
  getRetryCount = () => this.spent.throttled + this.spent.failed;
  getRetryDelay = () => this.#delayMs;
}

/** How many attempts the `amz-sdk-request` header may announce. */
export const maxAttempts = budgets.throttled.attempts + budgets.failed.attempts;

/** After this many calls in a row that ran out of attempts, the service counts as down. */
const patience = 3;

/**
 * Exponential back-off with full jitter (a delay drawn evenly from zero to a doubling bound, so that calls refused
 * together don't come back together). It stands in for the SDK's standard strategy, whose shared budget of retries runs
 * dry under sustained throttling and then loses calls.
 *
 * One instance per client. Once several calls in a row have used up their attempts, later ones try only twice until one
 * succeeds: a service that is down for a thousand buckets costs seconds, not hours.
 */
export class PatientRetryStrategy implements RetryStrategyV2 {
  #exhausted = 0;
  #random: () => number;
  #now: () => number;

  /** @param random Evenly distributed in [0, 1); only timing hangs on it. */
  constructor(random: () => number = Math.random, now: () => number = Date.now) {
    this.#random = random;
    this.#now = now;
  }

  async acquireInitialRetryToken(): Promise<RetryToken> {
    return new Token({ throttled: 0, failed: 0 }, 0);
  }

  async refreshRetryTokenForRetry(token: RetryToken, info: RetryErrorInfo): Promise<RetryToken> {
    const cause = causeOf(info);
    if (!cause || !(token instanceof Token)) throw new Error("Not an error to retry.");
    const spent = { ...token.spent, [cause]: token.spent[cause] + 1 };
    const { attempts, baseMs, capMs } = budgets[cause];
    if (spent[cause] >= (this.#exhausted >= patience ? 2 : attempts)) {
      this.#exhausted += 1;
      throw new Error("No attempts left.");
    }
    const drawnMs = this.#random() * Math.min(capMs, baseMs * 2 ** spent[cause]);
    // A server's own Retry-After is honoured, within reason.
    const askedMs = Math.min(capMs, (info.retryAfterHint?.getTime() ?? 0) - this.#now());
    return new Token(spent, Math.max(drawnMs, askedMs, 0));
  }

  recordSuccess(): void {
    this.#exhausted = 0;
  }
}

function causeOf({ error, errorType }: RetryErrorInfo): Cause | null {
  const code = classifyAwsError(error)?.code;
  if (errorType === "THROTTLING" || code === "throttled") return "throttled";
  if (errorType === "TRANSIENT" || errorType === "SERVER_ERROR") return "failed";
  // A body cut off on its way is as passing a fault as a dropped connection.
  return code === "malformed" ? "failed" : null;
}
