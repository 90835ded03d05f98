/**
 * How many calls may be under way at once, per account and service.
 *
 * AWS counts every caller of an account against one budget, so a scanner that takes what it can get starves the
 * account's own automation. Each service therefore starts at a modest number of calls in flight, halves it whenever the cloud
 * says "slow down", and creeps back up by about one per full round of successes (additive increase, multiplicative
 * decrease). The numbers hold for one process: several workers on one account each have their own limit.
 */
export type LimitOptions = { start: number; max: number };

export const defaultLimits: LimitOptions = { start: 5, max: 10 };

export type CallCounts = {
  /** Calls as a collector made them. */
  calls: number;
  /** Attempts that AWS refused for going too fast. */
  throttles: number;
  /** Attempts after the first. */
  retries: number;
};

/** A place among the calls in flight. */
export type Slot = { round: number };

type Waiter = { start: (slot: Slot) => void };

/** Additive increase, multiplicative decrease over the number of calls in flight; first come, first served. */
export class Limiter {
  #limit: number;
  #max: number;
  #inFlight = 0;
  #round = 0;
  #waiting = new Set<Waiter>();

  constructor(options: LimitOptions = defaultLimits) {
    this.#limit = options.start;
    this.#max = options.max;
  }

  /** Calls allowed in flight at present. */
  get limit(): number {
    return Math.floor(this.#limit);
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  /** Waits for a place. Rejects with the signal's reason when it is aborted first. */
  acquire(signal?: AbortSignal): Promise<Slot> {
    if (signal?.aborted) return Promise.reject(signal.reason);
    if (this.#waiting.size === 0 && this.#inFlight < this.limit) {
      this.#inFlight += 1;
      return Promise.resolve({ round: this.#round });
    }
    return new Promise((resolve, reject) => {
      const onAbort = () => {
        this.#waiting.delete(waiter);
        reject(signal?.reason);
      };
      const waiter: Waiter = {
        start: (slot) => {
          signal?.removeEventListener("abort", onAbort);
          resolve(slot);
        },
      };
      this.#waiting.add(waiter);
      signal?.addEventListener("abort", onAbort, { once: true });
    });
  }

  release(slot: Slot, outcome: "succeeded" | "throttled" | "other"): void {
    const wasFull = this.#inFlight >= this.limit;
    this.#inFlight -= 1;
    // Calls that were already under way when the limit was halved say nothing about the halved limit.
    if (outcome === "throttled" && slot.round === this.#round) {
      this.#limit = Math.max(1, this.#limit / 2);
      this.#round += 1;
    } else if (outcome === "succeeded" && wasFull) {
      this.#limit = Math.min(this.#max, this.#limit + 1 / this.#limit);
    }
    for (const waiter of this.#waiting) {
      if (this.#inFlight >= this.limit) break;
      this.#waiting.delete(waiter);
      this.#inFlight += 1;
      waiter.start({ round: this.#round });
    }
  }
}

/** The limiters and call counts of one account, by service. */
export class CallGovernor {
  #options: LimitOptions;
  #limiters = new Map<string, Limiter>();
  #counts = new Map<string, Map<string, CallCounts>>();

  constructor(options: LimitOptions = defaultLimits) {
    this.#options = options;
  }

  /** A governor with counts of its own under the same limits: for one unit among those that share an account. */
  child(): CallGovernor {
    const child = new CallGovernor(this.#options);
    child.#limiters = this.#limiters;
    return child;
  }

  limiterOf(service: string): Limiter {
    const known = this.#limiters.get(service);
    if (known) return known;
    const limiter = new Limiter(this.#options);
    this.#limiters.set(service, limiter);
    return limiter;
  }

  /** Adds to the counts of one action, such as `GetBucketPolicy` of `s3`. */
  count(service: string, action: string, what: keyof CallCounts): void {
    const actions = this.#counts.get(service) ?? new Map<string, CallCounts>();
    this.#counts.set(service, actions);
    const counts = actions.get(action) ?? { calls: 0, throttles: 0, retries: 0 };
    actions.set(action, counts);
    counts[what] += 1;
  }

  /** What was called so far, over all services. */
  counters(): { calls: number; throttles: number } {
    const services = Object.values(this.usage());
    const sum = (what: "calls" | "throttles") => services.reduce((total, each) => total + each[what], 0);
    return { calls: sum("calls"), throttles: sum("throttles") };
  }

  /** What was called so far: per service the sum, the present limit, and each action's counts. */
  usage(): Record<string, CallCounts & { limit: number; actions: Record<string, CallCounts> }> {
    return Object.fromEntries(
      [...this.#counts].map(([service, actions]) => {
        const sum = { calls: 0, throttles: 0, retries: 0 };
        for (const counts of actions.values()) {
          sum.calls += counts.calls;
          sum.throttles += counts.throttles;
          sum.retries += counts.retries;
        }
        const byAction = Object.fromEntries([...actions].map(([action, counts]) => [action, { ...counts }]));
        return [service, { ...sum, limit: this.limiterOf(service).limit, actions: byAction }];
      }),
    );
  }
}
