import type { RetryErrorInfo, RetryStrategyV2, RetryToken } from "@smithy/types";
import { nothingSpent, Patience, type RetryCause, type SpentAttempts } from "../patience.ts";
import { classifyAwsError } from "./errors.ts";

export { maxAttempts } from "../patience.ts";

class Token implements RetryToken {
  #delayMs: number;
  readonly spent: SpentAttempts;
  constructor(spent: SpentAttempts, delayMs: number) {
    this.spent = spent;
    this.#delayMs = delayMs;
  }
  getRetryCount = () => this.spent.throttled + this.spent.failed;
  getRetryDelay = () => this.#delayMs;
}

/** The SDK's retry strategy with the patience that all clouds share; one per client. */
export class PatientRetryStrategy implements RetryStrategyV2 {
  #patience: Patience;
  #now: () => number;

  constructor(random: () => number = Math.random, now: () => number = Date.now) {
    this.#patience = new Patience(random);
    this.#now = now;
  }

  async acquireInitialRetryToken(): Promise<RetryToken> {
    return new Token(nothingSpent, 0);
  }

  async refreshRetryTokenForRetry(token: RetryToken, info: RetryErrorInfo): Promise<RetryToken> {
    const cause = causeOf(info);
    if (!cause || !(token instanceof Token)) throw new Error("Not an error to retry.");
    const askedMs = (info.retryAfterHint?.getTime() ?? 0) - this.#now();
    const next = this.#patience.after(cause, token.spent, askedMs);
    if (!next) throw new Error("No attempts left.");
    return new Token(next.spent, next.delayMs);
  }

  recordSuccess(): void {
    this.#patience.succeeded();
  }
}

function causeOf({ error, errorType }: RetryErrorInfo): RetryCause | null {
  const code = classifyAwsError(error)?.code;
  if (errorType === "THROTTLING" || code === "throttled") return "throttled";
  if (errorType === "TRANSIENT" || errorType === "SERVER_ERROR") return "failed";
  // A body cut off on its way is as passing a fault as a dropped connection.
  return code === "malformed" ? "failed" : null;
}
