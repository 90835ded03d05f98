import type { Problem } from "#lib/audit/verify/problem.ts";
import type { AuditResult } from "./schema.ts";

/** Who acted, as readers see them. */
export type AuditActorView = {
  kind: "user" | "system";
  id: string;
  /** A user's name, or the part of Parapet that acted. */
  name: string;
  /** The API token that it was done by. */
  tokenId: string | null;
};

/** One entry of the trail in a list. Personal data in it is still a commitment. */
export type AuditEntryView = {
  /** `ent_…`. */
  id: string;
  /** ISO 8601, in UTC. */
  at: string;
  actor: AuditActorView;
  action: string;
  /** With the name of a user or an account that there still is; null for anything else. */
  object: { kind: string; id: string; name: string | null };
  result: AuditResult;
  durationMs: number | null;
  correlationId: string;
  origin: Record<string, unknown> | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  /** Whether it is in the tree already; it takes a second or two. */
  sealed: boolean;
};

export type AuditPage = {
  entries: AuditEntryView[];
  /** For `after` of the next page, which is older; null at the end. */
  next: string | null;
};

/** One entry whole. */
export type AuditEntryDetail = AuditEntryView & {
  /** Its place in the trail, counted from 0 over the whole installation; null until it is sealed. */
  position: number | null;
  /** The batch that it was sealed in. */
  batch: { n: number; sealedAt: string } | null;
  /** SHA-256 leaf in hex. Null for what was written before the trail had keys. */
  leaf: string | null;
  keyId: string | null;
  /** The token's name while it is known. */
  tokenName: string | null;
  /** What its commitments stand for, by commitment; null for what was erased. */
  personal: Record<string, string | null>;
};

/** Counts by how acts ended. */
export type ResultCounts = Record<AuditResult, number>;

export type TimelineBar = ResultCounts & {
  /** When the bar begins; ISO 8601. */
  from: string;
};

export type AuditTimeline = {
  from: string;
  to: string;
  barMs: number;
  /** Every bar of the stretch, empty ones too, oldest first. */
  bars: TimelineBar[];
  total: ResultCounts;
  /** True where counting was ended early: there are more. */
  atLeast: boolean;
  /** What was written after this is not counted yet; null when everything is. */
  countedTo: string | null;
};

export type AuditStatistics = {
  from: string;
  to: string;
  total: ResultCounts;
  /** As many in the stretch of the same length before. */
  before: ResultCounts;
  actions: { action: string; counts: ResultCounts; lastAt: string }[];
  categories: { category: string; counts: ResultCounts }[];
  actors: { actor: Omit<AuditActorView, "tokenId">; counts: ResultCounts; lastAt: string }[];
  /** By hour of the day in UTC, 24 counts. */
  hours: number[];
  countedTo: string | null;
};

export type AuditErrorKind = {
  action: string;
  result: Exclude<AuditResult, "done">;
  /** A code or few words that tell one kind of failure from another; null where the entry says nothing. */
  reason: string | null;
  count: number;
  /** In the stretch of the same length before. */
  before: number;
  lastAt: string;
  lastEntryId: string;
};

export type AuditErrors = {
  from: string;
  to: string;
  total: number;
  /** Most first; 200 at most. */
  kinds: AuditErrorKind[];
  countedTo: string | null;
};

export type ActionPerformance = {
  action: string;
  count: number;
  minMs: number;
  maxMs: number;
  meanMs: number;
  /** Percentiles are within 5 % of what they would be by every single value. */
  p50Ms: number;
  p95Ms: number;
  p99Ms: number;
  /** In the four stretches of the same length before (one, of more than a week); null where too little is known. */
  baseline: { count: number; p95Ms: number } | null;
  /** How much slower at p95 than the baseline when that is worth a warning, such as 1.8; null otherwise. */
  worse: number | null;
};

export type AuditPerformance = {
  from: string;
  to: string;
  /** What grew worse first, then the slowest by p95. */
  actions: ActionPerformance[];
  countedTo: string | null;
};

/** Something that verification found. */
export type StoredProblem = Problem;

/** The state of the whole trail in a word: what a badge shows. */
export const integrityStates = ["sound", "behind", "unproven", "broken"] as const;
export type IntegrityState = (typeof integrityStates)[number];

export type AuditIntegrity = {
  /**
   * `broken`: the last verification found something. `behind`: entries wait to be sealed, no checkpoint was made, or an
   * anchor fails. `unproven`: nothing was verified yet. `sound`: otherwise.
   */
  state: IntegrityState;
  /** Why it isn't sound, in sentences. */
  reasons: string[];
  /** Entries sealed, over the whole installation. */
  sealed: number;
  batches: number;
  lastSealedAt: string | null;
  /** What isn't sealed yet. */
  pending: { count: number; atLeast: boolean; oldestAt: string | null };
  /** What keeps the oldest of them from being sealed: a transaction that has been open for long. */
  blockedBy: { sinceMs: number; application: string } | null;
  checkpoint: { size: number; root: string; at: string; keyId: string; note: string } | null;
  anchors: {
    name: string;
    size: number | null;
    at: string | null;
    error: string | null;
    failingSince: string | null;
  }[];
  /** The newest of everything, and of what was sealed since. */
  verification: { all: VerificationView | null; tail: VerificationView | null };
};

export type VerificationView = {
  id: string;
  ok: boolean;
  from: number;
  to: number;
  problems: StoredProblem[];
  startedAt: string;
  endedAt: string;
};
