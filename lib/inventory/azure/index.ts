import type { Kind } from "../model.ts";
import type { AzureCollector } from "./collector.ts";

type AzureKind = Extract<Kind, `azure.${string}`>;

/** The collector of every Azure kind: a kind without one doesn't compile. */
const byKind: { [K in AzureKind]: AzureCollector<K> } = {};

export const azureCollectors: readonly AzureCollector[] = Object.values(byKind);
