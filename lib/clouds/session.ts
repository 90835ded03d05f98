import type { AccountLevel } from "#lib/inventory/collector.ts";
import type { Cloud, Gap, Kind, Resource } from "#lib/inventory/model.ts";
import type { CloudAccess } from "./access.ts";

/** A collector bound to an account and a region. */
export type BoundCollector = {
  kind: Kind;
  collect(options: { signal: AbortSignal; onGap(gap: Gap): void }): AsyncIterable<Resource>;
};

export type RegionState = { name: string; enabled: boolean };

/** An account as it is stored, as far as reaching it goes. */
export type ReachableAccount = {
  cloud: Cloud;
  /** `account` when left out. */
  level?: AccountLevel;
  /** The provider's account id that must answer; `null` takes whichever the credentials reach. */
  externalId: string | null;
  connection: Record<string, unknown>;
  /** What the connection needs and must not hold, such as `clientSecret`; in memory alone. */
  secrets?: Readonly<Record<string, string>>;
};

/**
 * An open way into one cloud account, the same for every cloud; the scan engine knows nothing closer. Opening one calls
 * nothing: wrong credentials show at the first use, as the provider's error.
 */
export type CloudSession = {
  /** The provider's id of the account that the credentials reach. Throws the provider's error. */
  account(signal?: AbortSignal): Promise<string>;
  /** Every region the provider has for the account. Throws the provider's error. */
  regions(signal?: AbortSignal): Promise<readonly RegionState[]>;
  /** The collectors of a service for a region (or `global`), narrowed to `kinds` unless that is null. */
  collectorsOf(service: string, region: string, kinds: readonly string[] | null): readonly BoundCollector[];
  /** The account's clients, for remediation. Throws the provider's error when the account can't be reached. */
  access(signal: AbortSignal): Promise<CloudAccess>;
  /** What an error that ended a kind's collection means for coverage; `null` when it is a bug of ours. */
  gapOf(error: unknown, kind: Kind | null, region: string): Gap | null;
  /** Provider calls made so far by this session, and how many the provider throttled. */
  counters(): { calls: number; throttles: number };
  close(): void;
};
