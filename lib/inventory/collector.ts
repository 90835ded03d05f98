import type { Cloud, Kind, Resource } from "./model.ts";

/**
 * What a provider call came to: its value, `null` when the provider says there is none, or `undefined` when it
 * could not be read. The last has already been recorded as a gap.
 */
export type Reading<T> = T | null | undefined;

export type CallOptions = {
  /** Error names by which the provider says "not configured", such as `NoSuchBucketPolicy`. They read as `null`. */
  absent?: readonly string[];
  /** Error names by which the provider says that the resource no longer exists; it is then left out. */
  gone?: readonly string[];
};

/** What the engine gives a collector for one unit: account × service × region. */
export type CollectContext<Clients> = {
  /** The provider's account id. */
  account: string;
  /** The provider's partition, such as `aws` or `aws-cn`; part of every ARN. */
  partition: string;
  region: string;
  clients: Clients;
  signal: AbortSignal;
  /**
   * Reads one facet of one resource. A refused call becomes a gap on that resource and `undefined`; it never throws
   * for what the provider answered, except that a `gone` error leaves the resource out.
   */
  read<T>(uid: string, operation: string, call: () => Promise<T>, options?: CallOptions): Promise<Reading<T>>;
  /** Runs `describe` over `items` with bounded concurrency and yields the resources, leaving out those gone. */
  each<T, K extends Kind>(
    items: AsyncIterable<T> | Iterable<T>,
    describe: (item: T) => Promise<Resource<K> | null>,
  ): AsyncIterable<Resource<K>>;
};

/** `directory` is the identity directory that several accounts share, such as a Microsoft Entra tenant. */
export const accountLevels = ["account", "directory"] as const;
export type AccountLevel = (typeof accountLevels)[number];

/**
 * Reads every resource of one kind in one account and region, streaming. An error thrown out of `collect` is a gap over
 * the whole kind: what it had yielded is kept, and nothing of the kind is taken for deleted.
 */
export type Collector<K extends Kind = Kind, Clients = never> = {
  kind: K;
  cloud: Cloud;
  service: string;
  /** What it reads; `account` when left out. */
  level?: AccountLevel;
  /**
   * `global` kinds are read once per account, in the unit of region `global`. So are kinds that the provider lists for
   * all regions at once; each resource still names its own region.
   */
  scope: "regional" | "global";
  /** The provider's permissions for every call made; the role templates are summed from these. */
  permissions: readonly string[];
  collect(context: CollectContext<Clients>): AsyncIterable<Resource<K>>;
};

/** Whether a unit of that region, or the one of `global`, is where a kind of that scope is read. */
export const isReadIn = (region: string, { scope }: Pick<Collector, "scope">): boolean =>
  (scope === "global") === (region === "global");
