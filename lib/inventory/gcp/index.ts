import type { Kind } from "../model.ts";
import type { GcpCollector } from "./collector.ts";

type GcpKind = Extract<Kind, `gcp.${string}`>;

/** The collector of every Google Cloud kind: a kind without one doesn't compile. */
const byKind: { [K in GcpKind]: GcpCollector<K> } = {};

export const gcpCollectors: readonly GcpCollector[] = Object.values(byKind);
