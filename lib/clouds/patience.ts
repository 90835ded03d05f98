import { setTimeout as sleep } from "node:timers/promises";
import type { CallGovernor } from "./limits.ts";

/**
 * Attempts allowed per cause. Being told to slow down is no failure, so it may happen more often; with three attempts in
 * ten throttled and one in ten failing, fewer than one call in a hundred million runs out of either budget.
 */
const budgets = {
  throttled: { attempts: 20, baseMs: 200, capMs: 8_000 },
  failed: { attempts: 10, baseMs: 100, capMs: 5_000 },
} as const;

export type RetryCause = keyof typeof budgets;

/** Attempts that one call has used up, by cause. */
export type SpentAttempts = Readonly<Record<RetryCause, number>>;
export const nothingSpent: SpentAttempts = { throttled: 0, failed: 0 };

/** How many attempts a call can have in all. */
export const maxAttempts = budgets.throttled.attempts + budgets.failed.attempts;

/** After this many calls in a row that ran out of attempts, the service counts as down. */
const exhaustedCallsUntilDown = 3;

/**
 * Exponential back-off with full jitter (a delay drawn evenly from zero to a doubling bound, so that calls refused
 * together don't come back together). It stands in for the SDKs' own strategies, which give up after three attempts or
 * share a budget of retries that runs dry under sustained throttling, and then lose calls.
 *
 * One instance per client. Once several calls in a row have used up their attempts, later ones try only twice until one
 * succeeds: a service that is down for a thousand buckets costs seconds, not hours.
 */
export class Patience {
  #exhausted = 0;
  #random: () => number;

  /** @param random Evenly distributed in [0, 1); only timing hangs on it. */
  constructor(random: () => number = Math.random) {
    this.#random = random;
  }

  /**
   * What to do after an attempt that failed: wait so long and try again, or, when `null`, give up.
   *
   * @param askedMs A server's own Retry-After; honoured within reason.
   */
  after(
    cause: RetryCause,
    before: SpentAttempts,
    askedMs: number,
  ): { spent: SpentAttempts; delayMs: number } | null {
    const spent = { ...before, [cause]: before[cause] + 1 };
    const { attempts, baseMs, capMs } = budgets[cause];
    if (spent[cause] >= (this.#exhausted >= exhaustedCallsUntilDown ? 2 : attempts)) {
      this.#exhausted += 1;
      return null;
    }
    const drawnMs = this.#random() * Math.min(capMs, baseMs * 2 ** spent[cause]);
    return { spent, delayMs: Math.max(drawnMs, Math.min(capMs, askedMs), 0) };
  }

  succeeded(): void {
    this.#exhausted = 0;
  }
}

/** Why an attempt should be made again, and how long the server asked to wait; `null` for an outcome that stands. */
export type Judgement = { cause: RetryCause; askedMs: number } | null;

export type PatientSending<Answer> = {
  governor: CallGovernor;
  patience: Patience;
  /** The service whose limit counts, such as `storage`. */
  service: string;
  /** What is called, such as `storage.buckets.list`; for the counts alone. */
  action: string;
  signal?: AbortSignal | undefined;
  /** Makes one attempt. */
  send(): Promise<Answer>;
  /** Judges an answer, or the error that was thrown in place of one. */
  judge(outcome: { answer: Answer } | { error: unknown }): Judgement;
};

/**
 * Makes a call under its account's limits: each attempt waits for a place, and leaves it to another while it backs off.
 * When attempts run out, the last answer is returned, or the last error thrown, as it came.
 */
export async function sendPatiently<Answer>(sending: PatientSending<Answer>): Promise<Answer> {
  const { governor, patience, service, action, signal } = sending;
  const limiter = governor.limiterOf(service);
  governor.count(service, action, "calls");
  let spent = nothingSpent;
  for (;;) {
    const slot = await limiter.acquire(signal);
    const outcome = await sending.send().then(
      (answer) => ({ answer }),
      (error: unknown) => ({ error }),
    );
    const judgement = signal?.aborted ? null : sending.judge(outcome);
    const throttled = judgement?.cause === "throttled";
    if (throttled) governor.count(service, action, "throttles");
    limiter.release(slot, throttled ? "throttled" : "error" in outcome || judgement ? "other" : "succeeded");
    const next = judgement && patience.after(judgement.cause, spent, judgement.askedMs);
    if (!next) {
      if ("error" in outcome) throw outcome.error;
      if (!judgement) patience.succeeded();
      return outcome.answer;
    }
    spent = next.spent;
    await sleep(next.delayMs, undefined, signal ? { signal } : {});
    governor.count(service, action, "retries");
  }
}

/** A Retry-After header (RFC 9110, 10.2.3), seconds or a date, in milliseconds from now; 0 when there is none. */
export function retryAfterMs(header: string | null | undefined, now: number = Date.now()): number {
  if (!header) return 0;
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isFinite(ms) ? Math.max(0, ms) : 0;
}
