import type { Kind } from "../model.ts";
import type { GcpCollector } from "./collector.ts";
import { buckets } from "./storage.ts";

type GcpKind = Extract<Kind, `gcp.${string}`>;

/** The collector of every Google Cloud kind: a kind without one doesn't compile. */
const byKind: { [K in GcpKind]: GcpCollector<K> } = {
  "gcp.storage.bucket": buckets,
};

export const gcpCollectors: readonly GcpCollector[] = Object.values(byKind);
