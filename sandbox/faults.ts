/**
 * Faults that the sandbox cloud can be told to have, so that a client's answer to them can be tried. All of them may be
 * changed while it runs: a call obeys what the object says at that moment.
 */

/** An IAM action with `*` and `?` as in a policy, for one account or region or for all. */
export type DenyRule = { action: string; account?: string; region?: string };

export type FaultedCall = {
  account: string;
  region: string;
  accessKeyId: string;
  service: string;
  operation: string;
};

export type FaultSettings = {
  /** Waited before each answer. */
  latencyMs: number;
  /** Requests per second that an account may send to a service; 0 for no limit. Up to one second's worth may burst. */
  throttleRps: number;
  /** Share of calls answered as throttled, 0 to 1. */
  throttleRate: number;
  /** Share of calls answered with an internal error, 0 to 1. */
  errorRate: number;
  /** Share of answers cut off in the middle of their body, 0 to 1. */
  truncateRate: number;
  /** `cut` breaks the connection before the announced length; `short` announces the shorter length, as a bad proxy does. */
  truncateMode: "cut" | "short";
  deny: (string | DenyRule)[];
  /** Temporary credentials stop working after so many calls, or so many seconds after their first. */
  expire: { afterCalls?: number; afterSeconds?: number } | null;
  /** Runs when a call has been let through, before its handler: it may change the estate under the caller. */
  beforeHandler: ((call: FaultedCall, input: object) => void | Promise<void>) | null;
  /** Chance is drawn from this seed, so that a run can be repeated. */
  seed: number;
};

export type Outage = "denied" | "throttled" | "internal" | "expired";

const none: FaultSettings = {
  latencyMs: 0,
  throttleRps: 0,
  throttleRate: 0,
  errorRate: 0,
  truncateRate: 0,
  truncateMode: "cut",
  deny: [],
  expire: null,
  beforeHandler: null,
  seed: 1,
};

export class Faults implements FaultSettings {
  latencyMs = 0;
  throttleRps = 0;
  throttleRate = 0;
  errorRate = 0;
  truncateRate = 0;
  truncateMode: FaultSettings["truncateMode"] = "cut";
  deny: FaultSettings["deny"] = [];
  expire: FaultSettings["expire"] = null;
  beforeHandler: FaultSettings["beforeHandler"] = null;
  seed = 1;
  readonly #buckets = new Map<string, { tokens: number; filledAt: number }>();
  readonly #sessions = new Map<string, { calls: number; firstAt: number }>();
  #random = makeRandom(1);

  constructor(settings: Partial<FaultSettings> = {}) {
    this.reset(settings);
  }

  /** Forgets every fault and all counting, then takes the given ones. */
  reset(settings: Partial<FaultSettings> = {}): void {
    Object.assign(this, { ...none, deny: [] }, settings);
    this.#buckets.clear();
    this.#sessions.clear();
    this.#random = makeRandom(this.seed);
  }

  /** What befalls a call, if anything. `nowMs` is a monotonic time; `isTemporary` tells a session's key from a long-lived one. */
  strike(call: FaultedCall, action: string, isTemporary: boolean, nowMs: number): Outage | null {
    if (isTemporary && this.expire && this.#isSpent(call.accessKeyId, this.expire, nowMs)) return "expired";
    if (this.throttleRps > 0 && !this.#takeToken(`${call.account} ${call.service}`, nowMs))
      return "throttled";
    if (this.throttleRate > 0 && this.#random() < this.throttleRate) return "throttled";
    if (this.errorRate > 0 && this.#random() < this.errorRate) return "internal";
    return this.denies(call, action) ? "denied" : null;
  }

  /** Whether a rule denies the action; for a call that takes several. */
  denies(call: FaultedCall, action: string): boolean {
    return this.deny.some((rule) => matchesRule(rule, call, action));
  }

  isTruncated(): boolean {
    return this.truncateRate > 0 && this.#random() < this.truncateRate;
  }

  #takeToken(key: string, nowMs: number): boolean {
    const capacity = Math.max(1, this.throttleRps);
    const bucket = this.#buckets.get(key) ?? { tokens: capacity, filledAt: nowMs };
    this.#buckets.set(key, bucket);
    bucket.tokens = Math.min(capacity, bucket.tokens + ((nowMs - bucket.filledAt) / 1000) * this.throttleRps);
    bucket.filledAt = nowMs;
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  }

  #isSpent(accessKeyId: string, limit: NonNullable<FaultSettings["expire"]>, nowMs: number): boolean {
    const session = this.#sessions.get(accessKeyId) ?? { calls: 0, firstAt: nowMs };
    this.#sessions.set(accessKeyId, session);
    session.calls++;
    return (
      session.calls > (limit.afterCalls ?? Number.POSITIVE_INFINITY) ||
      nowMs - session.firstAt > (limit.afterSeconds ?? Number.POSITIVE_INFINITY) * 1000
    );
  }
}

function matchesRule(given: string | DenyRule, call: FaultedCall, action: string): boolean {
  const rule = typeof given === "string" ? { action: given } : given;
  return (
    (rule.account === undefined || rule.account === call.account) &&
    (rule.region === undefined || rule.region === call.region) &&
    compilePattern(rule.action).test(action)
  );
}

const patterns = new Map<string, RegExp>();

function compilePattern(pattern: string): RegExp {
  let compiled = patterns.get(pattern);
  if (!compiled) {
    const escaped = pattern
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".");
    compiled = new RegExp(`^${escaped}$`, "i");
    patterns.set(pattern, compiled);
  }
  return compiled;
}

/** Mulberry32: small, even enough for fault rates, and repeatable. */
function makeRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
