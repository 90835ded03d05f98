import type { Cloud, Gap, Kind, Resource } from "#lib/inventory/model.ts";

/** A collector bound to an account and a region. */
export type BoundCollector = {
  kind: Kind;
  collect(options: { signal: AbortSignal; onGap(gap: Gap): void }): AsyncIterable<Resource>;
};

export type RegionState = { name: string; enabled: boolean };

/** An open way into one cloud account, the same for every cloud; the scan engine knows nothing closer. */
export type CloudSession = {
  cloud: Cloud;
  /** The provider's account id, as the provider itself answered. */
  account: string;
  /** Every region the provider has for the account. Throws the provider's error. */
  regions(signal: AbortSignal): Promise<readonly RegionState[]>;
  /** The collectors of a service for a region (or `global`), narrowed to `kinds` unless that is null. */
  collectorsOf(service: string, region: string, kinds: readonly string[] | null): readonly BoundCollector[];
  /** What an error that ended a kind's collection means for coverage; `null` when it is a bug of ours. */
  gapOf(error: unknown, kind: Kind | null, region: string): Gap | null;
  /** Provider calls made so far by this session, and how many the provider throttled. */
  counters(): { calls: number; throttles: number };
  close(): void;
};
